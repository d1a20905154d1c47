"""Letting two records of two offices be one, and what the pages about merging show."""
