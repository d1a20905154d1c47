"""Gatherings with their series, programmes, exhibitions and all that was said there.

Where to look:

- pure, without database and clock: `clashes` (what is taken twice), `grid` (a day as a table of
  times and rooms), `agreement` (a state in words that agree with the kind)
- what rests on what was said: `said`
"""
