"""Who keeps the people one side sends, and who reads of them."""

from amity.record.choices import KeptBy
from amity.record.registration.keeping import Keeping

KEEPING = {
    "group": Keeping(KeptBy.OWNER, part_of=("gathering",)),
    "delegation": Keeping(KeptBy.SIDE, part_of=("gathering",), side="side"),
    "delegate": Keeping(KeptBy.OWNER, part_of=("delegation",)),
}
