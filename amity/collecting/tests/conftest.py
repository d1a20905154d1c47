"""People type fast in these tests."""

from datetime import timedelta

import pytest

from amity.collecting.forms import proposing as forms


@pytest.fixture(autouse=True)
def _typed_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "SOONEST", timedelta(seconds=-1))
