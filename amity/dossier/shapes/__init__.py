"""The shape of every kind of record, once, from the models.

From a shape come the check of what people write, the JSON Schema, and what is exported. Between
those stands one plain form, *the record*: a dict of field names to plain values (references are
keys, texts and dates their stored JSON, decimals and days words), with whatever is empty or
default left out. It is that of `record.plain`, with `id` for `key`.
"""
