"""Lists of records: what each can be filtered by (`forms`), and columns that they share."""
