"""When the last good copy was made: a line in the installation's folder."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, ValidationError

NAME = "last-copy.json"


class Last(BaseModel):
    """A copy that was whole when it was made. `size` in bytes."""

    model_config = ConfigDict(frozen=True)

    made_at: datetime
    file: str
    size: int


def remember(last: Last) -> None:
    """Note a copy as the last good one. Raises OSError."""
    path = settings.DATA_DIR / NAME
    beside = path.with_name(f".{NAME}")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(last.model_dump_json())
    beside.replace(path)


def last_copy() -> Last | None:
    """The last good copy; None where none was made, or nobody can tell."""
    try:
        return Last.model_validate_json((settings.DATA_DIR / NAME).read_text())
    except (OSError, ValidationError):
        return None


def said(last: Last | None) -> str:
    """The last good copy in a line."""
    if last is None:
        return "No copy of this installation has been made: amity backup FILE makes one."
    path = Path(last.file)
    there = path.is_file() and path.stat().st_size == last.size
    where = last.file if there else f"{last.file}, where it stands no more"
    return f"The last good copy was made on {last.made_at:%Y-%m-%d at %H:%M UTC}: {where}"
