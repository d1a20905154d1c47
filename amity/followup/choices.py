from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class ProposalKind(TextChoices):
    PROPOSAL = "proposal", _("proposal")
    REQUEST = "request", _("request")
    RECOMMENDATION = "recommendation", _("recommendation")
    WISH = "wish", _("wish")


class Verdict(TextChoices):
    """A side's answer to a proposal; reasons are always given with it."""

    SUPPORTED = "supported", pgettext_lazy("answer of a side", "supported")
    IN_PART = "in_part", pgettext_lazy("answer of a side", "supported in part")
    NOTED = "noted", pgettext_lazy("answer of a side", "noted")
    DECLINED = "declined", pgettext_lazy("answer of a side", "declined")


class ProposalStanding(TextChoices):
    """What the answers of all sides asked come to. Derived, never typed in."""

    UNANSWERED = "unanswered", _("unanswered")
    PARTLY_ANSWERED = "partly_answered", _("answered by some")
    SUPPORTED = "supported", _("supported")
    IN_PART = "in_part", _("supported in part")
    NOTED = "noted", _("noted")
    DECLINED = "declined", _("declined")
    DIFFER = "differ", pgettext_lazy("answers", "sides differ")


class CommitmentKind(TextChoices):
    COMMITMENT = "commitment", _("commitment")
    ASSURANCE = "assurance", _("assurance")
    POSITION = "position", _("joint position")


class Grade(TextChoices):
    """How much was said, weakest first. “Will ask to consider” is not “will”, nor “granted”."""

    ASK_TO_CONSIDER = "ask_to_consider", _("will ask others to consider")
    CONSIDER = "consider", _("will consider")
    INTEND = "intend", _("intends to")
    WILL = "will", _("will")


class PartyRole(TextChoices):
    HOLDER = "holder", _("holder")
    COUNTERPART = "counterpart", _("counterpart")


class Completion(TextChoices):
    """The scale of the Open Government Partnership, with two states it keeps beside it."""

    NOT_STARTED = "not_started", _("not started")
    LIMITED = "limited", _("limited")
    SUBSTANTIAL = "substantial", _("substantial")
    COMPLETE = "complete", _("complete")
    UNCLEAR = "unclear", _("unclear")
    WITHDRAWN = "withdrawn", _("withdrawn")


class JointState(TextChoices):
    """How the sides' accepted reports stand to one another. Derived, never typed in."""

    SILENT = "silent", _("no report yet")
    ONE_SIDED = "one_sided", _("reported by one side only")
    DIFFER = "differ", _("sides differ")
    CONFIRMED = "confirmed", _("confirmed by both sides")


REPORTED = "reported"
"""What lists know beside the states: any side has reported."""
NOT_ANSWERED = (ProposalStanding.UNANSWERED, ProposalStanding.PARTLY_ANSWERED)
"""The standings of proposals to which not every side asked has answered."""
ANSWERED = "answered"
"""What lists know beside the standings of proposals: every side asked has answered."""
STATES = (
    JointState.SILENT,
    JointState.ONE_SIDED,
    JointState.DIFFER,
    Completion.NOT_STARTED,
    Completion.LIMITED,
    Completion.SUBSTANTIAL,
    Completion.COMPLETE,
    Completion.UNCLEAR,
    Completion.WITHDRAWN,
)
"""A joint state, or what both sides confirmed: each commitment is in one of them."""


def state_label(state: str) -> str:
    """The words for a joint state, for a completion that both sides confirmed, or `REPORTED`."""
    if state == REPORTED:
        return gettext("reported by a side")
    if state in JointState.values:
        return str(JointState(state).label)
    return gettext("Both sides: %(completion)s") % {"completion": Completion(state).label}


class ReportState(TextChoices):
    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")


class MilestoneReached(TextChoices):
    """Whether a milestone was reached, as one side says it."""

    REACHED = "reached", pgettext_lazy("milestone", "reached")
    NOT_REACHED = "not_reached", pgettext_lazy("milestone", "not reached")


class Ambition(TextChoices):
    """Ambition as the OGP Independent Reporting Mechanism codes it."""

    UNCLEAR = "unclear", pgettext_lazy("ambition", "unclear")
    MODEST = "modest", pgettext_lazy("ambition", "modest")
    SUBSTANTIAL = "substantial", pgettext_lazy("ambition", "substantial")


class EarlyResults(TextChoices):
    """Early results as the OGP Independent Reporting Mechanism codes them."""

    NONE = "none", _("no notable results")
    MODERATE = "moderate", _("moderate results")
    SIGNIFICANT = "significant", _("significant results")


class Outcome(TextChoices):
    """What an edition's closing decides of an open item."""

    COMPLETED = "completed", _("completed")
    CARRIED = "carried", _("carried into the next edition")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    REPLACED = "replaced", _("replaced")
    DROPPED = "dropped", _("dropped")


class Goal(IntegerChoices):
    """The Sustainable Development Goals, with the short titles the United Nations gave them."""

    POVERTY = 1, pgettext_lazy("goal", "No Poverty")
    HUNGER = 2, pgettext_lazy("goal", "Zero Hunger")
    HEALTH = 3, pgettext_lazy("goal", "Good Health and Well-being")
    EDUCATION = 4, pgettext_lazy("goal", "Quality Education")
    GENDER = 5, pgettext_lazy("goal", "Gender Equality")
    WATER = 6, pgettext_lazy("goal", "Clean Water and Sanitation")
    ENERGY = 7, pgettext_lazy("goal", "Affordable and Clean Energy")
    WORK = 8, pgettext_lazy("goal", "Decent Work and Economic Growth")
    INDUSTRY = (
        9,
        pgettext_lazy("goal", "Industry, Innovation and Infrastructure"),
    )
    INEQUALITIES = 10, pgettext_lazy("goal", "Reduced Inequalities")
    CITIES = 11, pgettext_lazy("goal", "Sustainable Cities and Communities")
    CONSUMPTION = (
        12,
        pgettext_lazy("goal", "Responsible Consumption and Production"),
    )
    CLIMATE = 13, pgettext_lazy("goal", "Climate Action")
    SEAS = 14, pgettext_lazy("goal", "Life Below Water")
    LAND = 15, pgettext_lazy("goal", "Life on Land")
    PEACE = (
        16,
        pgettext_lazy("goal", "Peace, Justice and Strong Institutions"),
    )
    PARTNERSHIPS = 17, pgettext_lazy("goal", "Partnerships for the Goals")


def goal_label(goal: int) -> str:
    """A goal's number and title, as people name it: 4. Quality Education."""
    return f"{goal}. {Goal(goal).label}"
