"""What the pages of webhooks can say: what topics are called, and how an address names a change."""

from datetime import UTC

from jinja2 import Environment

from amity.following.events import MOMENT
from amity.foundation.models import Change
from amity.webhooks.choices import Topic


def install(environment: Environment) -> None:
    """Called once, when the environment is made."""
    environment.globals.update(topic_label=topic_label, moment_name=moment_name)


def topic_label(topic: str) -> str:
    """What a topic is called in the page's language."""
    return str(Topic(topic).label)


def moment_name(change: Change) -> str:
    """What the address of a change calls it."""
    return change.at.astimezone(UTC).strftime(MOMENT)
