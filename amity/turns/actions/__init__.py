"""Writes of the turns: `deriving` them, `asking` holders, `answering` by them, `deciding` on what
they sent. Reports themselves are written by `record.actions`."""
