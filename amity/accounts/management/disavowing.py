"""What the commands share that take a right back which was given wrongly."""

import argparse
from datetime import UTC, datetime

from django.core.management.base import OutputWrapper

from amity.record.actions.disavow import Disavowed

SINCE = (
    "it was wrong since this day (YYYY-MM-DD, in UTC): what was confirmed since is void, and "
    "answers, reports and delegations written since are for the side alone"
)


def moment(words: str) -> datetime:
    """The beginning of a day, in UTC. Raises ArgumentTypeError."""
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words} is no day; expected YYYY-MM-DD") from error


def tell(out: OutputWrapper, done: Disavowed) -> None:
    """Say what was taken back, a line for each record."""
    for words, keys in (
        ("void", done.void),
        ("for the side alone", done.withdrawn),
        ("stays, for what others read names it", done.named),
    ):
        for key in keys:
            out.write(f"{words}: {key}")
