"""The portable folder: read, checked, compared with the record, loaded, and written again.

In the order of a load, and then of an export:

- the files: `reading` (YAML with its lines), `shapes` (what stands in a record, from the models),
  `beside` (what stands beside its fields)
- laid out: `staging`, in a temporary `database` that is asked as the record is, and in a `spool`;
  `clocks` makes moments of times by the clocks of a place
- what is wrong: `crosscheck`, `placing` (at which line), `problems`
- what differs: `comparing`, with `marks` (what the folder said last), `merging`, `states`,
  `belonging`, `renaming`; `clashing` where somebody must decide, `staying` what cannot go
- written: `loading`, `restoring`
- out again: `collecting`, `exporting`, `replacing` (of the files)
- told: `describing`, `progress`, `schema` (JSON Schemas), `noticing` (what is worth a look),
  `numbers` (the next free ones), `starting` (a folder to begin with)
"""
