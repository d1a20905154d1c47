"""Who keeps the records of the network, who reads them, and what of them is weighty."""

from amity.record.choices import KeptBy
from amity.record.registration.keeping import Keeping

KEEPING = {
    "theme": Keeping(KeptBy.NOBODY),
    "area": Keeping(KeptBy.NOBODY),
    "organization": Keeping(KeptBy.OFFICE),
    "person": Keeping(KeptBy.OFFICE),
    "membership": Keeping(KeptBy.OWNER, part_of=("person",)),
    "partnership": Keeping(
        KeptBy.PARTNERSHIP,
        circle=("key",),
        weighty=("kind", "name", "parent", "stages"),
    ),
    "side": Keeping(KeptBy.OWNER, part_of=("partnership",), weighs=True),
    "indicator": Keeping(KeptBy.OWNER, part_of=("partnership", "area")),
    "agreement": Keeping(
        KeptBy.PARTNERSHIP,
        circle=("partnerships__key",),
        weighty=(
            "kind",
            "title",
            "partnerships",
            "scopes",
            "status",
            "signed",
            "place",
            "valid",
            "languages",
            "signatories",
        ),
    ),
}
