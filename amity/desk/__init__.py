"""Where officers work: forms of every kind of record, drafts, what waits, and what others asked.

Where to look:

- a record that is typed: `forms`, `new` (how one begins), `finding` (others that it names),
  `merging` (what two people typed at once), `actions` (drafts, notes, who has what open)
- many at once: `pasting` (rows of a sheet), `programme` (typed as a table)
- a record that is read: `queries`, `words` (its fields and history), `shown` (lines of lists)
- what hangs on it: `files`; `offers` (what rooms above do with it)
- what sides agree: `waiting` (for whom), `ticks`, `silence` and its `clocks`, `merges` (two records
  become one), `telling` and `messages` (letters to the others), `fallen` (to those whose
  confirmation fell away)
- `releasing`: letting others read
- what needs somebody on the first page: `needs`, `colleagues`
- an office's own: `contacts` and their `columns`; `invited` (badges and letters)
- pages: `urls`, `views`, `contexts`, `jinja`
"""
