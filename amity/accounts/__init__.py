"""People of offices: invited, signed in, mandated; and what follows for each page: an `Acting`.

Where to look:

- who is there on a page of the desk: `signed_in`; who stands in for whom: `deputies`
- signing in: `by_address`, `passwords`, `identity` (a provider of identities), `browsers` (where
  somebody is signed in), `sessions` (forgets those that are over), `adapter` (what django-allauth
  asks of us)
- what is not lost, and what is given back: `recovering` (what was typed when the session ended),
  `regaining` (a lost second factor)
"""
