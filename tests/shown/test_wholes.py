"""What records belong to has a page of its own: a dossier, a series, the life of a partnership."""

import pytest
from django.test import Client
from lxml import html

from amity.followup.models import Report
from amity.gatherings.models import Gathering, Series
from amity.network.models import Partnership
from amity.record import kinds
from amity.record.models import Dossier
from amity.site.api.records import rows_of

pytestmark = pytest.mark.usefixtures("demonstrations")

LINDHOLM = "lindholm-porto-claro"


def page(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content.decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_dossier_tells_what_it_is_about_who_keeps_it_and_what_is_in_it(client):
    dossier = Dossier.objects.get(key=LINDHOLM)
    tree = page(client, f"/en/dossiers/{LINDHOLM}/")
    assert words(tree.find(".//h1")) == dossier.title.versions["en"].words
    lead = words(tree.xpath("//div[@class='lead']")[0])
    assert lead == " ".join(dossier.summary.versions["en"].words.split())
    keeper = tree.xpath("//dt[text()='Kept by']/following-sibling::dd/a/@href")
    assert keeper == [f"/en/organizations/{dossier.office}/"]
    counted = {}
    for one in tree.xpath("//ul[@class='holdings']/li"):
        label, number = words(one).rsplit(": ", 1)
        counted[label] = int(number)
    assert Report.objects.filter(dossier=dossier).exclude(state="accepted").count() == 2
    assert counted == {
        str(kind.plural_label).capitalize(): count
        for kind in kinds.kinds()
        if (count := rows_of(kind).filter(dossier=dossier).count())
    }
    assert tree.xpath("//aside[@class='fictional']")


def test_what_a_dossier_counts_its_lists_hold(client):
    tree = page(client, f"/en/dossiers/{LINDHOLM}/")
    for one in tree.xpath("//ul[@class='holdings']/li[a]"):
        listed = page(client, one.find("a").get("href"))
        assert LINDHOLM in listed.xpath("//select[@name='dossier']/option[@selected]/@value")


def test_every_page_of_a_record_leads_to_its_dossier_and_to_where_errors_are_reported(client):
    for kind in kinds.kinds():
        if kind.page:
            record = kind.model.objects.filter(dossier__key=LINDHOLM).first()
            tree = page(client, f"/en{kinds.entry_url(kind.kind, record.key)[3:]}")
            links = tree.xpath("//p[contains(@class, 'belongs')]/a/@href")
            assert links == [f"/en/dossiers/{LINDHOLM}/", f"/en/dossiers/{LINDHOLM}/#errors"]


def test_a_dossier_in_which_nothing_is_public_is_not_there(client):
    Dossier.objects.create(key="secret", title=Dossier.objects.get(key=LINDHOLM).title)
    assert client.get("/en/dossiers/secret/").status_code == 404
    listed = page(client, "/en/dossiers/").xpath("//main//h2/a/@href")
    assert listed == ["/en/dossiers/vietnam-russia/", f"/en/dossiers/{LINDHOLM}/"]


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        (
            "amity@example.org",
            "mailto:amity@example.org?subject=An%20error%20in%20the%20dossier%20",
        ),
        ("https://example.org/help", "https://example.org/help"),
    ],
)
def test_an_error_is_reported_where_the_installation_says(client, settings, contact, address):
    settings.CONTACT = contact
    tree = page(client, f"/en/dossiers/{LINDHOLM}/")
    (button,) = tree.xpath("//section[@aria-labelledby='errors']//a[@class='button']/@href")
    assert button.startswith(address)


def test_without_a_contact_the_dossier_says_that_none_is_named(client):
    section = page(client, f"/en/dossiers/{LINDHOLM}/").xpath(
        "//section[@aria-labelledby='errors']"
    )[0]
    assert "This installation names no address for it" in words(section)
    assert section.xpath(".//a[@class='button']") == []


def test_a_series_has_its_editions_in_order_and_what_was_carried(client):
    series = Series.objects.get(dossier__key=LINDHOLM)
    tree = page(client, f"/en/series/{series.key}/")
    editions = tree.xpath("//section[@aria-labelledby='editions']//h3/a/@href")
    assert editions == [f"/en/gatherings/lpc-forum-{number}/" for number in (1, 2, 3)]
    carried = tree.xpath("//section[@aria-labelledby='carried']")[0]
    assert next(words(one) for one in carried.xpath(".//h3")).count("→") == 1
    linked = {one.rstrip("/").rsplit("/", 1)[-1] for one in carried.xpath(".//li//a/@href")}
    assert linked == {
        (one.commitment or one.proposal).key
        for gathering in Gathering.objects.filter(series=series)
        for one in gathering.dispositions.exclude(into=None)
    }
    assert linked
    assert tree.xpath("//h4[.//span[@class='invented']]") == []


def test_an_edition_leads_to_its_series(client):
    tree = page(client, "/en/gatherings/lpc-forum-2/")
    assert tree.xpath("//dt[text()='Series']/following-sibling::dd/a/@href") == [
        f"/en/series/{Series.objects.get(dossier__key=LINDHOLM).key}/"
    ]


@pytest.mark.parametrize("partnership", ["spb-dien-bien", "lindholm-porto-claro"])
def test_the_time_line_of_a_partnership_has_all_of_it_once_in_order_of_date(client, partnership):
    record = Partnership.objects.get(key=partnership)
    tree = page(client, f"/en/partnerships/{partnership}/")
    line = tree.xpath("//section[@aria-labelledby='timeline']")[0]
    days = [
        (one.xpath(".//p[@class='when']//time/@datetime") or ["9999"])[0][:10]
        for one in line.xpath("./ol/li")
    ]
    assert days == sorted(days)
    linked = line.xpath(".//a/@href")
    kept = [one for one in linked if "/areas/" not in one]
    assert sorted(kept) == sorted(set(kept))
    wanted = {f"/en/gatherings/{one.key}/" for one in record.gatherings.all()}
    wanted |= {f"/en/agreements/{one.key}/" for one in record.agreements.all()}
    assert wanted - set(linked) == set()
    assert len(line.xpath("./ol/li")) >= record.stages.count() + record.gatherings.count()
    outside = tree.xpath("//main//a[not(ancestor::section[@aria-labelledby='timeline'])]/@href")
    assert wanted & set(outside) == set()


def test_promises_stand_at_the_gathering_where_they_were_made(client):
    tree = page(client, f"/en/partnerships/{LINDHOLM}/")
    (at,) = tree.xpath("//ol[@class='timeline']/li[p/a[contains(@href, '/lpc-forum-1/')]]")
    made = {one.rstrip("/").rsplit("/", 1)[-1] for one in at.xpath(".//a/@href")}
    commitments = Gathering.objects.get(key="lpc-forum-1").commitments.filter(
        parties__side__partnership__key=LINDHOLM
    )
    assert {one.key for one in commitments} == {one for one in made if one.startswith("C-")}
