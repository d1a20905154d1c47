"""Every address of the desk, from the access matrix, with what stands there in the demonstration.

The tests that look at all pages of the desk read them here, so a new address is looked at by each
of them, or fails it. Models are asked for where Django is set up, in a test or a shell.
"""

from datetime import timedelta

from django.utils import timezone

from tests.access.matrix import MATRIX

OWN, THEIRS = "lindholm-friendship-union", "porto-claro-external"
PATTERNS = sorted(
    pattern.removeprefix("<language>/")
    for pattern in MATRIX
    if pattern.startswith("<language>/desk/")
)
SAMPLES = {
    "records/<slug:plural>/<slug:key>": "records/gatherings/lpc-forum-2",
    "records/<slug:plural>": "records/gatherings",
    "confirm/<slug:plural>/<slug:key>": "confirm/gatherings/lpc-forum-3",
    "gatherings/<slug:key>": "gatherings/lpc-forum-2",
    "forms/<slug:key>": "forms/lpc-forum-3",
    "sides/<slug:key>": "sides/lpc-lindholm",
    "escalation/<slug:key>": "escalation/lpc-lindholm",
    "reports/<slug:key>": "reports/lpc-r-2025-115-lindholm-1",
    "reports/<slug:key>/reply": "reports/lpc-r-2025-116-porto-claro-1/reply",
    "paste/<slug:plural>": "paste/persons",
    "records/<slug:plural>/<slug:key>/merge": "records/persons/per-aspen/merge",
}
"""Parts of addresses, and what stands there in the demonstration."""
MORE = (
    "desk/records/persons/per-aspen/merge/?with=per-aspen-2",
    "desk/records/persons/per-aspen/merge/?with=per-aspen-3",
    "desk/records/commitments/new/",
    "desk/submissions/?aside=1",
)
"""What pages say besides when they are asked something."""


def seed() -> dict[str, str]:
    """Put into the demonstration what pages of the desk are about; gives further samples."""
    from amity.followup.models import Answer
    from amity.turns.actions.deriving import follow
    from amity.turns.models import Turn

    follow(timezone.now())
    turn = Turn.objects.filter(side__key="lpc-lindholm", dropped_at=None).earliest("due_on")
    answer = Answer.everything.filter(side__key="lpc-lindholm").earliest("key")
    return {
        "answers/<slug:key>": f"answers/{answer.key}",
        "contacts/<int:number>": f"contacts/{_contact()}",
        "lost/<int:number>": f"lost/{_lost_factor()}",
        "merges/<int:number>": f"merges/{_asked_merge()}",
        "submissions/<int:number>": f"submissions/{_submission()}",
        "turns/<int:number>": f"turns/{turn.pk}",
        "webhooks/<int:number>": f"webhooks/{_webhook()}",
    }


def _asked_merge() -> int:
    """Three people of one name, of whom the other office wants two to be one."""
    from amity.accounts.queries import acting_by_command
    from amity.desk.models import ProposedMerge
    from amity.desk.new.beginning import home_for
    from amity.languages.text import Text
    from amity.network.models import Office, Person
    from amity.record.actions import save
    from amity.record.choices import Audience
    from amity.record.models import Entry

    made = []
    for office, key in ((OWN, "per-aspen"), (OWN, "per-aspen-2"), (THEIRS, "per-aspen-3")):
        acting = acting_by_command("test", Office.objects.get(organization__key=office))
        person = Person(dossier=home_for(acting), key=key, name=Text.of("Per Aspen", "en"))
        person.summary = Text.of(f"Known to {office}", "en")
        save(acting, person, audience=Audience.PUBLIC)
        made.append(person)
    entries = [Entry.everything.get(kind="person", key=one.key) for one in made]
    asked = ProposedMerge.objects.create(
        stays=entries[2],
        stays_revision=1,
        goes=entries[0],
        goes_revision=1,
        state={"key": "per-aspen-3", "name": made[0].name.to_column()},
        office=f"organization:{THEIRS}",
        answering=f"organization:{OWN}",
        at=timezone.now(),
    )
    return int(asked.pk)


def _contact() -> int:
    from amity.desk.models import Contact

    contact = Contact.objects.create(
        office=f"organization:{OWN}",
        name="Per Aspen",
        origin="met him",
        keep_until=timezone.now().date().replace(year=2030),
        changed_at=timezone.now(),
    )
    return int(contact.pk)


def _lost_factor() -> int:
    """A colleague who has lost their second factor."""
    from amity.accounts.actions import add_user, give_mandate
    from amity.accounts.models import LostFactor
    from amity.foundation.actions import By
    from amity.network.models import Office
    from amity.record.choices import Mandate

    by = By(command="test")
    nils = add_user(by, "nils@lindholm.invalid", "Nils Berg", "vi")
    give_mandate(by, nils, Office.objects.get(organization__key=OWN), Mandate.SIGNATORY)
    now = timezone.now()
    lost = LostFactor.objects.create(user=nils, asked_at=now, expires_at=now + timedelta(days=7))
    return int(lost.pk)


def _submission() -> int:
    """What somebody sent through a form."""
    from amity.collecting.actions.receiving import Sent, receive
    from amity.collecting.models import Call, Submission
    from amity.record.models import Entry

    now = timezone.now()
    call = Call.objects.create(
        gathering=Entry.everything.get(kind="gathering", key="lpc-forum-2"),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        keeper="partnership:lindholm-porto-claro",
        office=f"organization:{OWN}",
        changed_at=now,
    )
    sent = Sent(
        kind="proposal",
        title="A bench at each quay",
        words="One on either side of the water.",
        language="en",
        name="Per Aspen",
        organization="",
        others="",
        mail="per@lindholm.invalid",
        shown=True,
        written_to=True,
        trapped=False,
        seed="one form",
        held="",
        place="192.0.2.1",
    )
    receive(call, sent)
    return int(Submission.objects.latest("pk").pk)


def _webhook() -> int:
    from amity.foundation.actions import By
    from amity.network.models import Office
    from amity.webhooks.actions.registering import Heard, register

    office = Office.objects.get(organization__key=OWN)
    address = "https://harbour.example.org/amity"
    return int(register(By(command="test"), office, address, Heard()).pk)


def filled(pattern: str, samples: dict[str, str]) -> str:
    """An address of the pattern; as it is where nothing stands for a part of it."""
    for part in sorted(samples, key=len, reverse=True):
        pattern = pattern.replace(part, samples[part])
    return pattern
