"""From plain records into the database, many at a time."""
