"""Areas, organizations, people, partnerships of twin cities and their agreements.

Where to look:

- names: `names` (all of a thing), `names_then` (on a day of the past), `filing` (in a list)
- the map: `geography` (places and lines on the page), `centres` (where countries lie)
"""
