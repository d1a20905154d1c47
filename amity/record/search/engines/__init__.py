"""The database's own index of tokens: FTS5 of SQLite, tsvector and GIN of PostgreSQL.

It knows rows of a number (the register entry's) with two lists of tokens, those of the names and
those of the texts, and matches tokens; everything else is Python's.
"""

from .chosen import create_index, engine
from .index import Engine, Indexed, Matching, unique_tokens

__all__ = ["Engine", "Indexed", "Matching", "create_index", "engine", "unique_tokens"]
