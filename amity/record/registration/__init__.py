"""What a kind of record, or a room above, says of itself when it is registered.

`keeping` (who keeps it, what is weighty), `searched` (by what it is found), `guards` (what a record
may not become), `partings` (what rooms above hold on a record that is removed), `disavowals` (what
they end where a right was wrong).
"""
