"""Copies of an installation: its database and its media in one file, and the way back.

`making` writes such a file, `checking` reads one without trusting it, `restoring` brings one back,
`nightly` makes one each night; `manifest` is what stands in it, `embedded` and `served` are the
part of SQLite and of PostgreSQL, `sealing` encrypts, `beside` is where a copy lies meanwhile,
`last` remembers when the last one was made.
"""
