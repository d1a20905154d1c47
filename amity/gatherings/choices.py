from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GatheringKind(TextChoices):
    FORUM = "forum", _("forum")
    MEETING = "meeting", _("meeting")
    VISIT = "visit", _("visit")
    SIGNING = "signing", _("signing")
    EXHIBITION = "exhibition", _("exhibition")


class GatheringStatus(TextChoices):
    ANNOUNCED = "announced", _("announced")
    HELD = "held", _("held")
    CLOSED = "closed", _("closed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("called off")


class ProgrammeStatus(TextChoices):
    """Whether a part of a programme takes place as it was announced."""

    SCHEDULED = "scheduled", _("as announced")
    MOVED = "moved", _("moved")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("called off")


class DayState(TextChoices):
    """What follows from the days of a gathering."""

    RUNNING = "running", _("running")
    PASSED = "passed", pgettext_lazy("gathering", "date passed, no report known")


class OrganizerRole(TextChoices):
    ORGANIZER = "organizer", _("organizer")
    CO_ORGANIZER = "co_organizer", _("co-organizer")
    HOST = "host", _("host")
    PARTNER = "partner", _("partner")


class SessionKind(TextChoices):
    OPENING = "opening", _("opening")
    PLENARY = "plenary", _("plenary")
    SEMINAR = "seminar", _("seminar")
    ROUND_TABLE = "round_table", _("round table")
    BUSINESS = "business", _("business meetings")
    CULTURE = "culture", _("cultural programme")
    CLOSING = "closing", _("closing")
    BREAK = "break", _("break")


class ContributionKind(TextChoices):
    PRESENTATION = "presentation", _("presentation")
    SPEECH = "speech", _("speech")
    DISCUSSION = "discussion", _("panel discussion")
    PERFORMANCE = "performance", _("performance")


class SpeakerRole(TextChoices):
    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    PANELLIST = "panellist", _("panellist")


class StatementKind(TextChoices):
    """What is done by saying it. A wish is not a request, a request is not a promise."""

    REMARK = "remark", _("remark")
    ASSESSMENT = "assessment", _("assessment")
    THANKS = "thanks", _("thanks")
    WISH = "wish", _("wish")
    REQUEST = "request", _("request")
    RECOMMENDATION = "recommendation", _("recommendation")
    PROPOSAL = "proposal", _("proposal")
    ASSURANCE = "assurance", _("assurance")
    COMMITMENT = "commitment", _("commitment")
    POSITION = "position", _("joint position")
    ANNOUNCEMENT = "announcement", _("announcement")


class Occasion(TextChoices):
    SPEECH = "speech", _("speech")
    INTERVIEW = "interview", _("interview")
    TALKS = "talks", _("talks")
    DOCUMENT = "document", _("document")
    ACCOUNT = "account", _("reported by the press")


class WorkKind(TextChoices):
    PHOTO = "photo", _("photograph")
    SKETCH = "sketch", _("sketch")
    PAINTING = "painting", _("painting")
    OBJECT = "object", _("object")
