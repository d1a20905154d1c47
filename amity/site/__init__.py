"""The record as a whole: first page, search, figures, feeds, the API; and how it is served.

Where to look:

- addresses: `urls` (the root), `pages` (of the record as a whole), `demonstration_urls`, `moved`
  (of renamed records), `sitemap`
- `api`: for programs, reading and writing; `found`: what a search shows
- `serving`: the processes of `amity serve`
"""
