"""Reads of proposals, commitments and what became of them."""
