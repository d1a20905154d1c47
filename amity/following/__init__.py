"""What changed in the record, told to readers: pages, feeds, calendars and letters.

`events` are what is told of one change, `saying` puts them in words.
"""
