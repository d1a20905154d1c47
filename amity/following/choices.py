"""What can be followed, by mail, as a feed and in a calendar."""

FOLLOWABLE = {
    "commitment": "commitments",
    "partnership": "partnerships",
    "theme": "themes",
    "area": "areas",
    "gathering": "gatherings",
    "proposal": "proposals",
}
"""Kinds of records of which somebody may be told when they change → where the addresses of their
feeds begin."""
DEADLINES_OF = ("commitment", "partnership", "theme", "area")
"""Kinds of which a calendar has the deadlines; that of a gathering has its programme."""
