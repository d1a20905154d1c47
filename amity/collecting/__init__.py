"""What strangers propose through a form that an office opened, and what offices make of it.

None of it is a record. `telling` writes to whoever proposed something, at each step.
"""
