"""Dates as people said them: read, reckoned with, kept, and put into the words of a language."""
