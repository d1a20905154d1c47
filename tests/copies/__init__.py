"""Copies of an installation: the drill, and files that somebody made to do harm."""
