"""What the database is asked beyond queries: one moment, constraints in words, its schema."""
