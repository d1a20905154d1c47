"""Records in plain form: what people write of a record, as JSON, with what is empty left out.

`layout` (which columns and lists a model has), `states` (read), `filling` (put back), `renamed`
(names of long ago). The audit trail compares states in this form, undo puts them back, and a
dossier's folder holds the same facts.
"""
