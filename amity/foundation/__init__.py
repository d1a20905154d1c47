"""What every room stands on, and what knows none of them.

Where to look:

- what was done: `actions` (one line more in the trail), `differences` (between two states),
  `forgetting` (what a person may have forgotten)
- what is kept: `fields` (columns that know what may be written in them), `faults` (what is wrong
  with a form), `dates` (as people say them), `words` (characters, languages, marks), `database`
- what is shown: `pages` (public ones, their addresses, caches, forms), `formats` (CSV, XLSX, DOCX,
  Atom), `jinja`
- what runs by itself: `chores` of the loop process, `letters`, `copies` of everything
- `commands` (how they end), `files` (whole or not at all)
"""
