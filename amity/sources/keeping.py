"""Who keeps what was published and what passages of it claim."""

from amity.record.choices import KeptBy
from amity.record.registration.keeping import Keeping

KEEPING = {
    "source": Keeping(KeptBy.NOBODY),
    "article": Keeping(KeptBy.NOBODY),
    "passage": Keeping(KeptBy.OFFICE),
}
