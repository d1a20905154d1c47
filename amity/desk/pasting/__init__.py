"""Rows pasted from a sheet: read as a table (`table`), columns recognised (`columns`, `headings`),
each row understood as a record or told why not (`rows`, and one file for each kind)."""
