"""Who is asked what became of a promise, when, and by which link; and who is told when it is late.

`schedule` is pure: on which days a side is to report, is asked and reminded.
"""
