"""The portable folder: read, checked, compared with the record, loaded, and written again.

In the order of a load, and then of an export:

- the files: `reading` (YAML with its lines), `shapes` (what stands in a record, from the models)
- `staging`: laid out, and checked; `problems` say what is wrong and where
- `comparing`: with what the record holds, and with what the folder said last (`models`)
- `loading`: written
- `exporting`: out again
- `telling`: what is worth knowing of a folder; `progress` of long commands
"""
