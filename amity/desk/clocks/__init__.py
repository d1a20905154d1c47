"""The clocks of the silence procedure: until when a side may object to a proposed change.

Nothing is kept but what happened: who was told and when, who acts for a side since when and until
when, what stands in which language. A clock is reckoned from that, so that it stands still while
nobody of a side could have answered, and no day is counted that was not whole.
"""
