"""What strangers (`proposing`) and officers fill in: the form of a gathering (`call`), and what
becomes of what was sent in (`deciding`)."""
