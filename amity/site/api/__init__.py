"""The record for programs: read-only JSON, `/api/v1`."""
