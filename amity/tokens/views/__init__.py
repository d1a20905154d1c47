"""Pages of tokens at the desk."""
