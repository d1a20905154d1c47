"""What is unknown, malformed or missing in the environment stops the start with one line."""

import os
import subprocess
import sys
from argparse import ArgumentTypeError
from datetime import time
from pathlib import Path

import pytest

from amity.settings.environment import ConfigurationError, read
from amity.settings.readers import IdentityProvider, MailServer
from amity.site.serving import server

ROOT = Path(__file__).parent.parent
DECIDED = {
    "AMITY_SECRET_KEY": "k" * 32,
    "AMITY_BASE_URL": "https://amity.example.org",
    "AMITY_DATA_DIR": "/var/lib/amity",
}

WRONG = [
    ({"AMITY_SECRET": "x"}, "AMITY_SECRET is not a setting (perhaps AMITY_SECRET_KEY?)"),
    ({"AMITY_": "x"}, "AMITY_ is not a setting"),
    (
        {"AMITY_SECRET_KEY": "k" * 31},
        "AMITY_SECRET_KEY is malformed, expected at least 32 characters",
    ),
    (
        {"AMITY_BASE_URL": "amity.example.org"},
        "AMITY_BASE_URL is malformed, expected an address like https://amity.example.org",
    ),
    (
        {"AMITY_BASE_URL": "https://amity.example.org/record"},
        "AMITY_BASE_URL is malformed, expected scheme and host only, "
        "like https://amity.example.org",
    ),
    (
        {"AMITY_BASE_URL": "ftp://amity.example.org"},
        "AMITY_BASE_URL is malformed, expected an address like https://amity.example.org",
    ),
    (
        {"AMITY_BASE_URL": "https://amity.example.org:99999"},
        "AMITY_BASE_URL is malformed, expected an address like https://amity.example.org",
    ),
    (
        {"AMITY_BASE_URL": "https://[amity"},
        "AMITY_BASE_URL is malformed, expected an address like https://amity.example.org",
    ),
    (
        {"DATABASE_URL": "sqlite:///relative.sqlite3"},
        "DATABASE_URL is malformed, expected postgresql://user:password@host:port/name "
        "or sqlite:////absolute/path",
    ),
    ({"AMITY_DATA_DIR": "data"}, "AMITY_DATA_DIR is malformed, expected an absolute path"),
    (
        {"AMITY_DATA_DIR": __file__},
        "AMITY_DATA_DIR is malformed, expected a folder, and a file stands there",
    ),
    (
        {"AMITY_ALLOWED_HOSTS": "a.example, ,b.example"},
        "AMITY_ALLOWED_HOSTS is malformed, expected host names separated by commas, "
        "like amity.example.org,www.example.org",
    ),
    (
        {"AMITY_ALLOWED_HOSTS": "*"},
        "AMITY_ALLOWED_HOSTS is malformed, expected host names separated by commas, "
        "like amity.example.org,www.example.org",
    ),
    (
        {"DATABASE_URL": "mysql://localhost/amity"},
        "DATABASE_URL is malformed, expected postgresql://user:password@host:port/name "
        "or sqlite:////absolute/path",
    ),
    (
        {"AMITY_PUBLISHER": "Union of Friendship\nRecord office"},
        "AMITY_PUBLISHER is malformed, expected one line, at most 300 characters",
    ),
    (
        {"AMITY_CONTACT": "amity@"},
        "AMITY_CONTACT is malformed, expected a mail address like amity@example.org, "
        "or an address like https://example.org/help",
    ),
    (
        {"AMITY_IMPRINT": "javascript:alert(1)"},
        "AMITY_IMPRINT is malformed, expected an address like https://example.org/imprint",
    ),
    (
        {"AMITY_BACKUPS_AT": "2:00"},
        "AMITY_BACKUPS_AT is malformed, expected a time of the day in UTC, like 02:30",
    ),
    *(
        (
            {"AMITY_OIDC_URL": wrong},
            "AMITY_OIDC_URL is malformed, expected https://client:secret@login.example.org/path, "
            "as the provider names its issuer",
        )
        for wrong in (
            "https://login.example.org/",
            "https://client@login.example.org/",
            "http://client:secret@login.example.org/",
            "https://client:secret@login.example.org/?realm=city",
        )
    ),
    (
        {"AMITY_OIDC_SECOND_FACTOR": "mfa,,otp"},
        "AMITY_OIDC_SECOND_FACTOR is malformed, expected words separated by commas, like mfa",
    ),
    (
        {"AMITY_BACKUPS_KEPT": "0"},
        "AMITY_BACKUPS_KEPT is malformed, expected a whole number, 1 to 1000",
    ),
    (
        {"AMITY_BACKUPS_FOR": "age1nobody"},
        "AMITY_BACKUPS_FOR is malformed, expected a recipient of age, like age1… "
        "(age-keygen makes one)",
    ),
    (
        {"AMITY_BACKUPS_DIR": "copies"},
        "AMITY_BACKUPS_DIR is malformed, expected an absolute path",
    ),
    (
        {"DATABASE_URL": "postgresql://localhost"},
        "DATABASE_URL is malformed, expected a database name after the host, "
        "like postgresql://user@host/amity",
    ),
    (
        {"AMITY_LOG_LEVEL": "INFO"},
        "AMITY_LOG_LEVEL is malformed, expected one of debug, info, warning, error",
    ),
    ({"AMITY_TRUST_PROXY": "true"}, "AMITY_TRUST_PROXY is malformed, expected yes or no"),
    ({"AMITY_WORKERS": "0"}, "AMITY_WORKERS is malformed, expected a whole number, 1 to 64"),
    ({"AMITY_THREADS": "65"}, "AMITY_THREADS is malformed, expected a whole number, 1 to 64"),
    (
        {"AMITY_PAGE_CACHE_MB": "-1"},
        "AMITY_PAGE_CACHE_MB is malformed, expected a whole number of megabytes, 0 to 100000",
    ),
    (
        {"AMITY_PAGE_CACHE_MB": "١٢"},
        "AMITY_PAGE_CACHE_MB is malformed, expected a whole number of megabytes, 0 to 100000",
    ),
]


@pytest.mark.parametrize(("environ", "line"), WRONG, ids=[line[:40] for _, line in WRONG])
def test_each_wrong_value_is_named(environ, line):
    with pytest.raises(ConfigurationError) as caught:
        read(DECIDED | environ, production=True)
    assert str(caught.value) == line


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(ConfigurationError) as caught:
        read({"AMITY_COLOUR": "gold", "AMITY_LOG_LEVEL": "loud"}, production=True)
    assert str(caught.value).split("; ") == [
        "AMITY_COLOUR is not a setting",
        "AMITY_SECRET_KEY is required in production",
        "AMITY_BASE_URL is required in production",
        "AMITY_DATA_DIR is required in production",
        "AMITY_LOG_LEVEL is malformed, expected one of debug, info, warning, error",
    ]


def test_an_empty_value_counts_as_not_set():
    assert read({"AMITY_LOG_LEVEL": ""}, production=False)["AMITY_LOG_LEVEL"] == "INFO"


RECIPIENT = "age1lwwr40z3lphc9p2345wkhx0lcjrv9xt2casern6rzlq78a5m9yqskqzy8l"


def test_what_is_decided_is_read():
    values = read(
        DECIDED
        | {
            "AMITY_ALLOWED_HOSTS": "a.example,[::1], .b.example",
            "AMITY_TRUST_PROXY": "yes",
            "AMITY_PAGE_CACHE_MB": "0",
            "AMITY_OIDC_URL": "https://am%3Aity:s%2Fcret@login.example:8443/realms/city",
            "AMITY_OIDC_SECOND_FACTOR": "mfa, https://refeds.org/profile/mfa",
            "AMITY_PUBLISHER": "Liên hiệp hữu nghị, 105A Quán Thánh",
            "AMITY_CONTACT": "amity@example.org",
            "AMITY_IMPRINT": "https://example.org/imprint",
            "AMITY_BACKUPS_DIR": "/srv/copies",
            "AMITY_BACKUPS_AT": "23:45",
            "AMITY_BACKUPS_FOR": RECIPIENT,
            "AMITY_WORKERS": "3",
            "AMITY_LOG_LEVEL": "debug",
            "AMITY_MAIL_URL": "smtp+tls://am%40ity:p%2Fw@mail.example",
            "AMITY_MAIL_FROM": "Amity <amity@example.org>",
            "DATABASE_URL": "postgresql://amity@db.example:5433/amity",
            "HOME": "/home/amity",
        },
        production=True,
    )
    assert values == {
        "AMITY_SECRET_KEY": "k" * 32,
        "AMITY_BASE_URL": "https://amity.example.org",
        "AMITY_DATA_DIR": Path("/var/lib/amity"),
        "AMITY_ALLOWED_HOSTS": ["a.example", "[::1]", ".b.example"],
        "DATABASE_URL": "postgresql://amity@db.example:5433/amity",
        "AMITY_LOG_LEVEL": "DEBUG",
        "AMITY_MAIL_URL": MailServer("smtp+tls", "mail.example", 587, "am@ity", "p/w"),
        "AMITY_MAIL_FROM": "Amity <amity@example.org>",
        "AMITY_TRUST_PROXY": True,
        "AMITY_OIDC_URL": IdentityProvider(
            "https://login.example:8443/realms/city", "am:ity", "s/cret"
        ),
        "AMITY_OIDC_NAME": None,
        "AMITY_OIDC_SECOND_FACTOR": ["mfa", "https://refeds.org/profile/mfa"],
        "AMITY_PUBLISHER": "Liên hiệp hữu nghị, 105A Quán Thánh",
        "AMITY_CONTACT": "amity@example.org",
        "AMITY_IMPRINT": "https://example.org/imprint",
        "AMITY_BACKUPS_DIR": Path("/srv/copies"),
        "AMITY_BACKUPS_AT": time(23, 45),
        "AMITY_BACKUPS_KEPT": 14,
        "AMITY_BACKUPS_FOR": RECIPIENT,
        "AMITY_PAGE_CACHE_MB": 0,
        "AMITY_WORKERS": 3,
        "AMITY_THREADS": 4,
        "AMITY_CHROMIUM": None,
        "AMITY_SHARED": None,
    }


def amity(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody types it, with nothing of ours in the environment but `environ`."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AMITY_")
        and name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONWARNINGS")
    }
    return subprocess.run(
        [sys.executable, "-m", "amity", *arguments],
        env=clean | environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["serve", "migrate", "check"])
def test_production_is_the_default_and_says_in_one_line_what_it_lacks(command):
    done = amity(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "amity: AMITY_SECRET_KEY is required in production; AMITY_BASE_URL is required in "
        "production; AMITY_DATA_DIR is required in production\n"
    )


def test_an_unknown_variable_stops_the_demonstration_too():
    done = amity("demo", AMITY_PORT="8123")
    assert (done.returncode, done.stderr) == (2, "amity: AMITY_PORT is not a setting\n")


@pytest.mark.parametrize("words", ["99999", "65536", "0", "http", "-1", "", "٨٠"])
def test_what_is_no_port_is_refused(words):
    with pytest.raises(ArgumentTypeError, match="a number from 1 to 65535"):
        server.port(words)


@pytest.mark.parametrize("words", ["0", "65", "-1", "two", "", "٢"])
def test_what_is_no_number_of_workers_is_refused(words):
    with pytest.raises(ArgumentTypeError, match="a whole number from 1 to 64"):
        server.few(words)


def test_a_port_that_is_none_is_named(tmp_path):
    done = amity("demo", "--port", "99999", AMITY_DATA_DIR=str(tmp_path))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "amity demo: error: argument --port: a port is a number from 1 to 65535",
    )


def test_a_database_without_the_schema_is_one_line(tmp_path):
    done = amity(
        "user",
        "add",
        "anna@example.org",
        "--name",
        "Anna",
        "--language",
        "en",
        **DECIDED | {"AMITY_DATA_DIR": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("amity: the database lacks ")
    assert done.stderr.endswith(": run amity migrate\n")
    assert done.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_one_line(tmp_path):
    done = amity(
        "serve",
        "--port",
        "8129",
        **DECIDED | {"AMITY_DATA_DIR": str(tmp_path)},
        DATABASE_URL="postgresql://amity@127.0.0.1:1/amity",
    )
    assert done.returncode == 1
    assert done.stderr.startswith("amity: the database does not answer: ")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_not_there_is_named(tmp_path):
    missing = tmp_path / "amity"
    done = amity("migrate", **DECIDED | {"AMITY_DATA_DIR": str(missing)})
    assert (done.returncode, done.stderr) == (
        1,
        f"amity: there is no folder {missing}; create it, or name another in AMITY_DATA_DIR\n",
    )
    assert not missing.exists()
