"""Records in words: their fields, their values, and what was done with them."""
