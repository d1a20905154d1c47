"""A programme as a table: what its cells say (`cells`), rows told apart (`sheet`), cells read into
sessions and contributions (`reading`), and what of it clashes (`beside`)."""
