"""Texts in all their languages, and which of them a reader is shown.

Where to look:

- a text: `text` (all its versions as one value), `version`, `staleness` (of a translation),
  `saving` (what follows for the versions), `written` (as people write it), `plainly` (its words
  alone)
- languages: `codes`, `interface` (in which Amity speaks), `negotiation` and `middleware` (which a
  reader gets)
- order and names: `collation`, `listing`, `names` (of people and places, across scripts), `zones`
- `search`: what a query asks for, in words of any language
"""
