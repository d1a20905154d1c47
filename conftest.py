"""For all tests: compiled translations, and which tests talk to the database or the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tools.catalogs import compile_catalogs

LOOPBACK = ["127.0.0.1", "::1"]
WRITES = Path(__file__).parent / "tests" / "write"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


# How busy the computer is must not decide whether a test passes, nor what chance draws: the same
# code gives the same answer. `--hypothesis-profile searching` looks where nobody has looked yet.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", UNHURRIED, derandomize=True, database=None)
settings.register_profile("searching", UNHURRIED, max_examples=500)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--only-database` leaves out what would answer the same on any database.

    `--every 3 --from N` keeps every third test, another third for each rest of N by 3, and all of
    `tests/write`, where much is of one database alone.
    """
    parser.addoption("--only-database", action="store_true", help="only tests of the database")
    parser.addoption("--every", type=int, default=1, help="only every third test for 3")
    parser.addoption("--from", type=int, default=0, dest="first", help="with which to begin")


def pytest_configure(config: pytest.Config) -> None:
    """The pages speak from compiled catalogs; make those that are not there.

    Once, by the process that is started first: its workers begin when this is done.
    """
    if not hasattr(config, "workerinput"):
        compile_catalogs()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests may reach this computer and nothing else; all others reach nothing."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    if config.getoption("--only-database"):
        _keep(config, items, {item for item in items if _uses_database(item)})
    if (every := config.getoption("--every")) > 1:
        chosen = set(items[config.getoption("first") % every :: every])
        _keep(config, items, chosen | {item for item in items if WRITES in item.path.parents})


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Iterator[None]:
    """A request leaves its reader's language active; the next test begins without one."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> None:
    """Each test has a record of its own, in which numbers and moments of changes come again."""
    from amity.following.queries import counting

    counting._seen.clear()


def _keep(config: pytest.Config, items: list[pytest.Item], kept: set[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)
