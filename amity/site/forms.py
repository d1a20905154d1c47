"""What the list of changes can be filtered by."""

from amity.foundation.pages.filters import PageField
from amity.record.forms import DossierFilters


class ChangeFilters(DossierFilters):
    """Filters of what changed."""

    page = PageField()
