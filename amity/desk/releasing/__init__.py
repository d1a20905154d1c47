"""Letting others read a record: what to know before, a whole gathering, on a set day."""
