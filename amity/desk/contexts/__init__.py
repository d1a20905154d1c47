"""What each page of the desk shows."""

from .office import (
    ContactPage,
    ContactsPage,
    KindsPage,
    LettersPage,
    OfficesPage,
    PastePage,
    SilencePage,
    StartPage,
)
from .records import (
    ConfirmPage,
    ConflictPage,
    EditPage,
    HistoryPage,
    Options,
    Presence,
    RecordPage,
    RecordsPage,
    ReleasePage,
    ReleaseWholePage,
    RemovePage,
    WholePage,
)

__all__ = [
    "ConfirmPage",
    "ConflictPage",
    "ContactPage",
    "ContactsPage",
    "EditPage",
    "HistoryPage",
    "KindsPage",
    "LettersPage",
    "OfficesPage",
    "Options",
    "PastePage",
    "Presence",
    "RecordPage",
    "RecordsPage",
    "ReleasePage",
    "ReleaseWholePage",
    "RemovePage",
    "SilencePage",
    "StartPage",
    "WholePage",
]
