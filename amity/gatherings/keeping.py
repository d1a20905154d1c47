"""Who keeps gatherings and what is in them, who reads them, and what of them is weighty."""

from amity.record.choices import KeptBy
from amity.record.registration.keeping import Keeping

OF_THE_GATHERING = Keeping(KeptBy.OWNER, part_of=("gathering",))
OF_THE_EXHIBITION = Keeping(KeptBy.OWNER, part_of=("exhibition",))

KEEPING = {
    "series": Keeping(
        KeptBy.PARTNERSHIP, circle=("partnership__key",), weighty=("name", "partnership", "every")
    ),
    "gathering": Keeping(
        KeptBy.PARTNERSHIP,
        circle=(
            "partnership__key",
            "within__partnership__key",
            "series__partnership__key",
        ),
        weighty=(
            "kind",
            "title",
            "series",
            "number",
            "partnership",
            "within",
            "status",
            "when",
            "place",
            "organizers",
            "agreements",
        ),
    ),
    "room": OF_THE_GATHERING,
    "session": OF_THE_GATHERING,
    "contribution": Keeping(KeptBy.OWNER, part_of=("session",)),
    "statement": Keeping(
        KeptBy.PARTNERSHIP,
        circle=(
            "gathering__partnership__key",
            "gathering__within__partnership__key",
            "gathering__series__partnership__key",
            "side__partnership__key",
        ),
        weighty=(
            "kind",
            "text",
            "words",
            "occasion",
            "person",
            "organization",
            "side",
            "gathering",
            "when",
        ),
    ),
    "panel": OF_THE_EXHIBITION,
    "work": OF_THE_EXHIBITION,
}
