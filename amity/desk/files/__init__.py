"""What hangs on records beside their fields: files of an office, and notes and comments."""
