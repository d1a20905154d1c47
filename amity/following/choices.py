"""What can be followed by mail."""

FOLLOWABLE = ("commitment", "partnership", "theme", "area", "gathering")
"""Kinds of records of which somebody may be told when they change."""
