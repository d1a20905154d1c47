"""Writes of collecting: setting up a `form`, `receiving` what is sent, what its author does with it
later (`regretting`), `sorting` it at the desk, and telling its author what followed (`following`).
Proposals themselves are written by `record.actions`."""
