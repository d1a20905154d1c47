"""Our templates are Jinja2's, and apps whose templates are in Django's language fit beside them."""

import re
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist, engines
from django.template.loader import render_to_string

DJANGO = "django.template.backends.django.DjangoTemplates"
GUESTS = ["tests.guest", "django.contrib.auth", "django.contrib.contenttypes"]
"""Apps with templates in Django's language; that of the tests has one by the name of one of ours.

Django's own brings the templates of its password form.
"""
THEIRS = {
    "guest/greeting.html": "Hello, guest.",
    "registration/password_reset_subject.txt": "Password reset on",
}
"""Name -> what it says when nothing is put in."""

ROOMS = Path(__file__).parent.parent / "amity"
HEAD = re.compile(r"\{%-? block (?:title|page_title|description)\b.*?endblock", re.S)
"""What base.html puts into the head of a page, into attributes too."""
MARKING = re.compile(r"\b(?:t|prose|quoted|said|moment)\(")
"""What puts markup round words, of those in another language for instance."""


def test_what_stands_in_the_head_of_a_page_is_plain():
    marked = [
        (template.name, found[0])
        for template in sorted(ROOMS.rglob("templates/**/*.html"))
        for block in HEAD.findall(template.read_text("utf-8"))
        if (found := MARKING.search(block))
    ]
    assert marked == []


@pytest.fixture
def with_guests(settings):
    """The guests installed before all rooms, where Django looks first."""
    others = [app for app in settings.INSTALLED_APPS if app not in GUESTS]
    settings.INSTALLED_APPS = [*GUESTS, *others]
    return settings


@pytest.mark.parametrize("name", THEIRS)
def test_a_template_in_djangos_language_is_not_given_to_jinja(with_guests, name):
    with pytest.raises(TemplateDoesNotExist):
        engines["pages"].get_template(name)


def test_a_page_of_ours_is_ours_whatever_an_app_calls_its_own(client, with_guests):
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert "Not our page" not in answer.text
    assert '<html lang="en"' in answer.text


@pytest.mark.parametrize("name", THEIRS)
def test_an_engine_for_djangos_language_serves_them_beside_ours(with_guests, name):
    with_guests.TEMPLATES = [
        *with_guests.TEMPLATES,
        {"NAME": "django", "BACKEND": DJANGO, "APP_DIRS": True, "DIRS": [], "OPTIONS": {}},
    ]
    assert render_to_string(name).strip() == THEIRS[name]
