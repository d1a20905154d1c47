"""Small inputs after public complaints about comparable software, where their folder is at hand."""
