"""Webhooks: programs of an office are told by a signed request what changes in public."""
