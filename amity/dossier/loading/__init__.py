"""A folder written into the record: `load` for an office, `restore` of a whole dossier."""
