"""Publishers, what they published, and which passage of it bears out what the record says.

`said` tells whether anything in the record holds the words that it gives as said.
"""
