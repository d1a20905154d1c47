"""The servers refuse what cannot work, and the demonstration is loaded only when it changed."""

import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from amity.accounts.models import User
from amity.foundation.database import schema
from amity.record.models import Dossier
from amity.site.serving import demonstration, newcomers, server
from tools import catalogs

LOOPBACK = ["127.0.0.1", "::1"]


@pytest.fixture
def never_serving(monkeypatch):
    """No server is started and no static files are prepared; returns what would have been."""
    begun: list[server.Listening] = []
    monkeypatch.setattr(server, "run", lambda listening, announce: begun.append(listening))
    monkeypatch.setattr(server, "prepare_static", lambda: None)
    monkeypatch.setattr(server, "why_not_bindable", lambda host, port: "")
    return begun


@pytest.mark.django_db
def test_an_up_to_date_database_is_served_as_asked(never_serving):
    call_command("serve", "--port", "8200", "--workers", "3", "--threads", "5")
    assert never_serving == [server.Listening("127.0.0.1", 8200, workers=3, threads=5)]


@pytest.mark.django_db
def test_without_options_it_serves_as_the_settings_say(never_serving, settings):
    settings.WORKERS, settings.THREADS = 5, 6
    call_command("serve")
    assert never_serving == [server.Listening("127.0.0.1", 8000, workers=5, threads=6)]


@pytest.mark.django_db
def test_a_database_that_lacks_a_migration_is_not_served(never_serving, monkeypatch):
    lacking = ["followup.0002_more", "record.0003_more"]
    monkeypatch.setattr(schema, "missing_migrations", lambda: lacking)
    with pytest.raises(CommandError) as caught:
        call_command("serve")
    assert str(caught.value) == (
        "the database lacks 2 migrations (followup.0002_more first): run amity migrate"
    )
    assert never_serving == []


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_place_where_it_cannot_listen_is_named_before_anything_is_done(
    never_serving, monkeypatch, command
):
    monkeypatch.setattr(server, "why_not_bindable", lambda host, port: "Address already in use")
    with pytest.raises(
        CommandError, match=r"cannot listen at \[::1\]:8200: Address already in use"
    ):
        call_command(command, "--host", "::1", "--port", "8200")
    assert Dossier.objects.count() == 0


@pytest.mark.allow_hosts(LOOPBACK)
def test_a_taken_port_is_found_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert server.why_not_bindable("127.0.0.1", port) == "Address already in use"
    assert server.why_not_bindable("127.0.0.1", port) == ""


@pytest.mark.allow_hosts(LOOPBACK)
def test_a_host_that_is_not_here_is_found_out():
    assert server.why_not_bindable("192.0.2.1", 8200) == "Cannot assign requested address"


@pytest.fixture
def small_demonstration(tmp_path, monkeypatch, settings):
    """Two dossiers of one file each, and a `dossier load` that only notes what it is given."""
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "dossiers"
    for name in ("one", "two"):
        (folder / name).mkdir(parents=True)
        (folder / name / "dossier.yaml").write_text(f"id: {name}\n")
    loaded: list[str] = []

    def note(command, *arguments, **options):
        if command == "migrate":
            return
        what, how, path = arguments
        assert (command, what, how) == ("dossier", "load", "--restore")
        name = path.rpartition("/")[2]
        loaded.append(name)
        Dossier.objects.get_or_create(key=name, defaults={"title": {"original": "en"}})

    monkeypatch.setattr(demonstration, "DOSSIERS", folder)
    monkeypatch.setattr(demonstration, "call_command", note)
    monkeypatch.setattr(demonstration, "_set_aside", lambda: Dossier.objects.all().delete())
    return folder, loaded


@pytest.mark.django_db
def test_the_demonstration_is_loaded_once_and_again_when_its_files_or_records_changed(
    small_demonstration,
):
    folder, loaded = small_demonstration

    def prepare():
        loaded.clear()
        demonstration.prepare(lambda line: None)
        return list(loaded)

    assert prepare() == ["one", "two"]
    assert prepare() == []
    (folder / "two" / "dossier.yaml").write_text("id: twe\n")
    assert prepare() == ["one", "two"]
    assert prepare() == []
    Dossier.objects.filter(key="one").delete()
    assert prepare() == ["one", "two"]


@pytest.mark.django_db
@pytest.mark.parametrize("holds", ["a person", "a dossier"])
def test_a_demonstration_leaves_the_database_of_an_installation_as_it_is(
    small_demonstration, settings, holds
):
    _, loaded = small_demonstration
    if holds == "a person":
        User.objects.create(email="ida@example.org", name="Ida")
    else:
        Dossier.objects.create(key="ours", title={"original": "en"})
    with pytest.raises(CommandError, match="no demonstration's, and stays as it is"):
        demonstration.prepare(lambda line: None)
    assert loaded == []
    assert list(settings.DATA_DIR.iterdir()) == []
    assert [User.objects.count(), Dossier.objects.count()] == [
        holds == "a person",
        holds == "a dossier",
    ]


@pytest.mark.django_db
def test_nobody_is_signed_in_without_being_asked_outside_a_demonstration(
    never_serving, settings, client
):
    """Not by the addresses of newcomers, though they were there and so were the officers."""
    for one in newcomers.NEWCOMERS.values():
        User.objects.create(email=one.address, name=one.name)
    paths = [f"/demonstration/{name}/" for name in newcomers.NEWCOMERS]
    for urls in (settings.ROOT_URLCONF, "amity.site.demonstration_urls"):
        settings.ROOT_URLCONF = urls
        for path in paths:
            answer = client.get(path)
            assert (answer.status_code, answer.cookies) == (404, {})
    with pytest.raises(CommandError, match="no settings of a demonstration"):
        call_command("demo")
    assert never_serving == []
    settings.DEMONSTRATION = True  # a control: so they are signed in, and only so
    for path in paths:
        assert client.get(path).status_code == 302


def test_nothing_in_the_environment_makes_production_a_demonstration(tmp_path):
    environment = {
        "AMITY_SECRET_KEY": "k" * 50,
        "AMITY_BASE_URL": "https://amity.example.org",
        "AMITY_DATA_DIR": str(tmp_path),
        "DEMONSTRATION": "1",
        "ROOT_URLCONF": "amity.site.demonstration_urls",
        "WEBHOOKS_TO_LOOPBACK": "1",
    }
    asked = (
        "from amity.settings import production as made; "
        "print(hasattr(made, 'DEMONSTRATION'), made.ROOT_URLCONF, made.WEBHOOKS_TO_LOOPBACK)"
    )
    found = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=catalogs.ROOT.parent,
    )
    assert found.stdout.split() == ["False", "amity.site.urls", "False"]


@pytest.mark.django_db
def test_a_dossier_that_does_not_load_is_tried_again_the_next_time(
    small_demonstration, monkeypatch
):
    _, loaded = small_demonstration
    working = demonstration.call_command

    def fail(command, *arguments, **options):
        raise CommandError("3 mistakes")

    monkeypatch.setattr(demonstration, "call_command", fail)
    with pytest.raises(CommandError, match="3 mistakes"):
        demonstration.prepare(lambda line: None)
    monkeypatch.setattr(demonstration, "call_command", working)
    demonstration.prepare(lambda line: None)
    assert loaded == ["one", "two"]
