"""What is told about folders: each of the `differences`, `notices` of what is worth a look, the
next free `numbers`, `schema` for editors, a `starter` to begin with."""
