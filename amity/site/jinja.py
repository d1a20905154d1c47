"""What the site offers to templates: what changed, in words."""

from jinja2 import Environment

from amity.following.saying import (
    counted_words,
    effect_words,
    event_day,
    event_title,
    fields_words,
    group_title,
    told_words,
)


def install(environment: Environment) -> None:
    """Offer events, groups of records, days and changed fields in words."""
    environment.globals.update(
        counted_words=counted_words,
        effect_words=effect_words,
        event_day=event_day,
        event_title=event_title,
        fields_words=fields_words,
        group_title=group_title,
        told_words=told_words,
    )
