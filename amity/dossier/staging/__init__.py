"""A folder laid out in a temporary database, and what is wrong with it, before anything is written.

`folder` reads it into a `database` that is asked as the record is, and a `spool`; `clocks` makes
moments of times by the clocks of a place; `crosscheck` asks what must hold in it as a whole, and
`placing` finds the lines of what does not.
"""
