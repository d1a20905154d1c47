"""`/api/v1`: the record for programs, read by everybody; `desk` below it for those with a token."""
