"""Whom each side sends to a gathering, and who is invited."""
