"""Values of closed lists, and languages, as people write them in any of our languages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from amity.desk.pasting.columns import folded
from amity.languages import codes


def chosen(choices: type[TextChoices], words: str, unsaid: str) -> str:
    """The value that is meant, `unsaid` for no words. Raises ValidationError with the choices."""
    if not words:
        return unsaid
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for value, label in choices.choices:
                if folded(words) in (folded(str(label)), folded(str(value))):
                    return str(value)
    expected = ", ".join(str(label) for _value, label in choices.choices)
    raise ValidationError(
        _("“%(words)s” is none of these: %(expected)s.") % {"words": words, "expected": expected}
    )


def language(words: str) -> str:
    """The tag of a language given by its tag or its name; empty for no words."""
    said = words.strip().casefold()
    if not said:
        return ""
    for tag, _name in settings.LANGUAGES:
        called = {tag, *(codes.display_name(tag, one).casefold() for one, _n in settings.LANGUAGES)}
        if said in called:
            return tag
    if codes.is_valid(words.strip()):
        return codes.canonical(words.strip())
    raise ValidationError(_("“%(words)s” is not a language.") % {"words": words})
