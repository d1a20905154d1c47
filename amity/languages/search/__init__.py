"""Words for search: what is written and what is asked brought to the same tokens.

Pure; the tables and statements are in `amity.record.search`. See docs/search.md.
"""
