"""The guard of the one write sees who writes, and lets nobody else."""

import types
from threading import Thread

import psycopg
import pytest
from django.db import connection, connections, transaction

from amity.dossier.staging.database import StagingDatabase
from amity.gatherings.models import Gathering, Organizer, Session
from amity.gatherings.tests.factory import Edition
from amity.record.tests.one_write import LET_THROUGH, WrittenElsewhere, tables, written

pytestmark = pytest.mark.django_db


def update() -> int:
    return Gathering.everything.update(timezone="UTC")


def delete() -> None:
    Organizer.everything.all().delete()


def create() -> None:
    Organizer.everything.bulk_create(
        [Organizer(gathering_id=1, organization_id=1, position=7, role="host")]
    )


def clear_a_list() -> None:
    Session.everything.get().themes.clear()


def save_an_instance() -> None:
    Gathering.everything.get().save()


STATEMENTS = (
    "WITH one AS (SELECT 1) UPDATE gatherings_gathering SET timezone = 'UTC'",
    "WITH gone AS (DELETE FROM gatherings_gathering RETURNING id) SELECT count(*) FROM gone",
    "with one as (select 1) insert into gatherings_gathering (key) select 'x' from one",
    'UPDATE "main"."gatherings_gathering" SET timezone = \'UTC\'',
    "UPDATE OR IGNORE gatherings_gathering SET timezone = 'UTC'",
    "/* at night */ DELETE FROM ONLY public.gatherings_gathering",
    'COPY "gatherings_gathering" ("id", "key") FROM STDIN',
    "copy public.gatherings_gathering from '/tmp/rows'",
    "TRUNCATE gatherings_gathering",
    'truncate table only "public"."gatherings_gathering" restart identity cascade',
    "SELECT 1; TRUNCATE TABLE desk_note, ONLY gatherings_gathering CASCADE",
)


def ask(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def fill() -> None:
    with psycopg.Cursor.copy(None, psycopg.sql.SQL("COPY gatherings_gathering FROM STDIN")):
        pass


def in_another_thread() -> list[Exception]:
    raised: list[Exception] = []

    def run() -> None:
        try:
            as_if_in(VIEW, update)
        except WrittenElsewhere as error:
            raised.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return raised


VIEW = "amity.gatherings.views.desk"


def as_if_in(module: str, statement, *given: object):
    """The same function, as if it stood in another module."""
    code = types.FunctionType(statement.__code__, {**statement.__globals__, "__name__": module})
    return code(*given)


@pytest.fixture
def _scene() -> None:
    edition = Edition()
    edition.session()


@pytest.mark.usefixtures("_scene")
@pytest.mark.parametrize("statement", [update, delete, create, clear_a_list, save_an_instance])
def test_what_is_no_action_writes_no_record(statement):
    said = r"^amity\.gatherings\.views\.desk writes \w+$"
    with pytest.raises(WrittenElsewhere, match=said), transaction.atomic():
        as_if_in("amity.gatherings.views.desk", statement)
    assert Gathering.everything.get().timezone != "UTC"
    assert Session.everything.get().themes.count() == Organizer.everything.count() == 1


@pytest.mark.parametrize("statement", STATEMENTS)
def test_wherever_in_a_statement_it_is_written(statement):
    with pytest.raises(WrittenElsewhere, match=rf"^{VIEW} writes gatherings_gathering$"):
        as_if_in(VIEW, ask, statement)


def test_what_is_emptied_along_with_another_table_is_seen():
    assert written("TRUNCATE record_dossier CASCADE") == tables()
    assert written("truncate desk_note, network_side restart identity cascade; SELECT 1") >= {
        "network_side",
        "followup_report",
        "delegations_delegation",
        "delegations_delegate",
    }
    assert written("TRUNCATE record_dossier") == written("TRUNCATE desk_note CASCADE") == set()


@pytest.mark.parametrize(
    "statement",
    [
        "WITH one AS (SELECT * FROM gatherings_gathering) SELECT * FROM one",
        "SELECT 1 FROM gatherings_gathering",
        "WITH one AS (SELECT id FROM gatherings_gathering) DELETE FROM desk_note WHERE id IN "
        "(SELECT id FROM one)",
    ],
)
def test_what_reads_a_record_and_writes_elsewhere_does(statement):
    as_if_in(VIEW, ask, statement)


def test_what_is_copied_past_the_statements_is_seen_and_whole_copies_do():
    with pytest.raises(WrittenElsewhere, match=rf"^{VIEW} writes gatherings_gathering$"):
        as_if_in(VIEW, fill)
    with pytest.raises(AttributeError, match="NoneType"):  # on its way to a cursor that is none
        as_if_in("amity.foundation.copies.served", fill)


@pytest.mark.usefixtures("_scene")
def test_the_connection_of_another_thread_is_watched():
    assert [str(error) for error in in_another_thread()] == [f"{VIEW} writes gatherings_gathering"]


def test_another_database_is_watched_and_a_folder_is_staged_in_its_own():
    staging = StagingDatabase()

    def update_there() -> int:
        return staging.rows(Gathering).update(timezone="UTC")

    def called(module: str) -> int:
        frame = {**update_there.__globals__, "__name__": module}
        code = types.FunctionType(update_there.__code__, frame, closure=update_there.__closure__)
        return code()

    with pytest.raises(WrittenElsewhere, match=rf"^{VIEW} writes gatherings_gathering$"):
        called(VIEW)
    assert called("amity.dossier.staging.database") == 0
    staging.close()
    with pytest.raises(WrittenElsewhere):
        as_if_in("amity.dossier.staging.database", update)


@pytest.mark.usefixtures("_scene")
@pytest.mark.parametrize("module", ["amity.record.actions.save", *LET_THROUGH])
def test_actions_and_what_is_listed_do(module):
    assert as_if_in(module, update) == 1


def test_child_rows_and_lists_belong_to_a_record():
    assert {
        "gatherings_session",
        "gatherings_session_themes",
        "gatherings_speaker",
        "followup_commitment_proposals",
        "sources_claim",
        "record_picture",
    } <= tables()
    assert not {"record_entry", "foundation_change", "network_nameplace"} & tables()
