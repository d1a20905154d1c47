"""From files to plain data, with a line for everything that is said about it."""
