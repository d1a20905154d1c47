"""The numbers of sending: how long a webhook rests, and when it is given up."""

from datetime import timedelta

PATIENCE = (
    timedelta(seconds=10),
    *(timedelta(minutes=one) for one in (1, 5, 15, 30)),
    *(timedelta(hours=one) for one in (1, 2, 4)),
)
"""How long to wait after the first failure in a row, the second, …; the last holds from then on."""
GIVEN_UP_AFTER = timedelta(days=5)
OVERLAP = timedelta(days=1)
"""How long an earlier secret signs beside a new one."""
KEPT = timedelta(days=30)
"""How long the desk shows what went."""
MOST_HOOKS = 10
"""So many addresses an office registers at most."""


def rest_after(failures: int) -> timedelta:
    """How long a webhook rests after so many failures in a row."""
    return PATIENCE[min(max(failures, 1), len(PATIENCE)) - 1]
