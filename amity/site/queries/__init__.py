"""Reads for the pages of the record as a whole."""
