"""What the letter about a partnership without contact says."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import within_quotes


def dormant(name: str, last: date, years: int, address: str) -> Wording:
    """To both sides of a partnership: it has been quiet for long."""
    return Wording(
        subject=_("It has been quiet: “%(name)s”") % {"name": within_quotes(name)},
        body=(
            _("The last contact of this partnership that is recorded here was on %(date)s:")
            % {"date": day(last)},
            name,
            _(
                "Perhaps there was more that nobody recorded. If not, this may be a good moment to "
                "write to the other side; it gets the same letter."
            ),
        ),
        button=Button(_("Open the partnership"), address),
        small=(
            ngettext(
                "This letter comes once, after %(count)s year without contact and with nothing "
                "open.",
                "This letter comes once, after %(count)s years without contact and with nothing "
                "open.",
                years,
            )
            % {"count": years},
        ),
    )
