"""Reads of gatherings, their programmes and what was shown and said there."""
