"""How a folder differs from the record, and who is right.

`differences` compares the `states` of each record; `marks` are what the folder said last, by which
`merging` knows who changed what; `belonging` and `renaming` say whether the same identifier is the
same thing; `clashing` is where somebody must decide, `staying` what cannot go.
"""
