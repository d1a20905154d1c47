"""For whom a person acts, as `Acting`, which everything below the accounts understands."""

from django.db.models import Exists, OuterRef

from amity.accounts.models import MandateHeld, User
from amity.network.models import Office, SideOffice
from amity.record.acting import Acting, Speaking
from amity.record.choices import Mandate


def acting(user: User, office: Office | None = None) -> Acting:
    """Who acts when `user` does something for `office`. Two statements.

    Somebody without a mandate for the office, or who may sign in no more, acts as a stranger.
    """
    if not user.is_active:
        return Acting()
    if office is None:
        return Acting(user=user.pk, administrator=user.administrator)
    held = MandateHeld.objects.filter(user=user, office=office, ended=None)
    mandates = frozenset(Mandate(one) for one in held.values_list("mandate", flat=True))
    if not mandates:
        return Acting(user=user.pk, administrator=user.administrator)
    return Acting(
        user=user.pk,
        office=f"organization:{office.organization.key}",
        vouched=office.vouched_at is not None,
        sides=speaking(office),
        mandates=mandates,
        administrator=user.administrator,
    )


def acting_by_command(command: str, office: Office) -> Acting:
    """Who acts when a command does something for an office: it may what an officer of it may."""
    return Acting(
        command=command,
        office=f"organization:{office.organization.key}",
        vouched=office.vouched_at is not None,
        sides=speaking(office),
        mandates=frozenset({Mandate.OFFICER}),
    )


def speaking(office: Office) -> frozenset[Speaking]:
    """The sides that an office speaks for, with somebody vouching for it. One statement."""
    others = SideOffice.objects.filter(side=OuterRef("side"), voice=True).exclude(
        office=OuterRef("office")
    )
    rows = SideOffice.objects.filter(office=office, vouched_at__isnull=False)
    return frozenset(
        Speaking(f"side:{side}", f"partnership:{partnership}", not another_speaks)
        for side, partnership, another_speaks in rows.annotate(another=Exists(others)).values_list(
            "side__key", "side__partnership__key", "another"
        )
    )
