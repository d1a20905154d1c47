"""The loop process beside the server: started again when it ends, ended with the server."""

import os
import sys
import time
from pathlib import Path

import pytest

from amity.site.serving import posting as serving

BEGINS = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')"
"""Notes its number and ends."""
STAYS = f"{BEGINS}; import time; time.sleep(600)"
PATIENCE = 20


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(serving, "AGAIN_AFTER", 0.01)


def test_what_ended_by_itself_is_started_again(monkeypatch, tmp_path):
    noted = tmp_path / "begun"
    monkeypatch.setattr(serving, "COMMAND", (sys.executable, "-c", BEGINS, str(noted)))
    with serving.posting():
        assert len(set(_begun(noted, 3))) >= 3
    after = _begun(noted, 3)
    time.sleep(0.3)
    assert _begun(noted, 3) == after


def test_it_ends_with_the_server(monkeypatch, tmp_path):
    noted = tmp_path / "begun"
    monkeypatch.setattr(serving, "COMMAND", (sys.executable, "-c", STAYS, str(noted)))
    with serving.posting():
        (number,) = _begun(noted, 1)
        os.kill(number, 0)  # it is there
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def _begun(noted: Path, wanted: int) -> list[int]:
    """The numbers of the processes that began, as soon as there are as many as wanted."""
    until = time.monotonic() + PATIENCE
    while True:
        found = noted.read_text().split() if noted.exists() else []
        if len(found) >= wanted or time.monotonic() > until:
            return [int(one) for one in found]
        time.sleep(0.01)
