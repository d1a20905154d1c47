"""Tokens: programs of a person read and write for an office, within what the person allows."""
