"""What changed, in the formats of programs."""
