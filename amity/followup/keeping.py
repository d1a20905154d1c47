"""Who keeps what was asked, answered, promised and reported, and what of it is weighty."""

from amity.record.choices import KeptBy
from amity.record.registration.keeping import Keeping

OF_THE_GATHERING = (
    "gathering__partnership__key",
    "gathering__within__partnership__key",
    "gathering__series__partnership__key",
)

KEEPING = {
    "proposal": Keeping(
        KeptBy.PARTNERSHIP,
        circle=(
            *OF_THE_GATHERING,
            "proposer_side__partnership__key",
            "addressees__partnership__key",
        ),
        weighty=(
            "kind",
            "title",
            "text",
            "gathering",
            "proposer",
            "proposer_organization",
            "proposer_side",
            "addressees",
            "alternatives",
        ),
    ),
    "answer": Keeping(KeptBy.SIDE, part_of=("proposal",), side="side"),
    "commitment": Keeping(
        KeptBy.PARTNERSHIP,
        circle=(*OF_THE_GATHERING, "parties__side__partnership__key"),
        weighty=(
            "kind",
            "title",
            "text",
            "gathering",
            "grade",
            "made",
            "deadline",
            "parties",
            "milestones",
            "indicators",
        ),
        added=("milestones", "indicators"),
    ),
    "report": Keeping(KeptBy.SIDE, part_of=("commitment",), side="side"),
    "review": Keeping(KeptBy.OFFICE, part_of=("commitment",)),
    "disposition": Keeping(
        KeptBy.PARTNERSHIP,
        part_of=("commitment", "proposal"),
        circle=OF_THE_GATHERING,
        weighty=(
            "gathering",
            "proposal",
            "commitment",
            "outcome",
            "into",
            "reason",
            "successor_commitments",
            "successor_proposals",
        ),
    ),
}
