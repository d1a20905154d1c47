"""Pages of webhooks at the desk."""
