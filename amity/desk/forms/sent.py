"""What is sent with the form of a record beside its fields, and what of it was typed."""

from django.http import QueryDict

from amity.record.acting import Acting

CONTROL = (
    "csrfmiddlewaretoken",
    "act",
    "form",
    "opened",
    "revision",
    "number",
    "note",
    "together",
)
"""Sent with a form, and no part of what was typed."""


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, as a draft keeps it: without U+0000, which PostgreSQL cannot hold.

    Saving the form itself refuses it in words, with all else that no text may hold.
    """
    return {
        _without_nul(name): [_without_nul(words) for words in data.getlist(name)]
        for name in data
        if name not in CONTROL
    }


def _without_nul(words: str) -> str:
    return words.replace("\x00", "")


def is_for_another(data: QueryDict, acting: Acting) -> bool:
    """Whether the form was opened while acting for another office than now, as in another tab."""
    opened_for = data.get("acting_for", "")
    return bool(opened_for) and opened_for != acting.office
