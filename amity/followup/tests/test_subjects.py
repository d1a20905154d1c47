"""Reports on themes and goals: each figure is that of the list it leads to, in every format."""

import csv
import re
from io import BytesIO, StringIO

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html

from amity.followup.choices import Goal
from amity.followup.models import Commitment
from amity.followup.tests.factory import Record, said, words
from amity.gatherings.models import Gathering
from amity.record.models import Dossier

NAMES = ["proposed", "answered", "promised", "reported", "confirmed", "kept", "differ", "silent"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Record:
    """Five promises of two editions and outside them, and three proposals, most for goal 4."""
    made = Record()
    second = Gathering.objects.create(
        dossier=made.dossier,
        readers="public",
        key="forum-2",
        kind="forum",
        title=words("Second forum"),
        partnership=made.forum.partnership,
        status="held",
        when=said("2026-05-05"),
        timezone="Asia/Ho_Chi_Minh",
    )
    kept = made.commitment(1, goals=[4])
    differing = made.commitment(2, goals=[4, 17], made=said("2024-03-01"))
    one_sided = made.commitment(3, goals=[4], gathering=second, made=said("2026-05-05"))
    made.commitment(4, goals=[4], gathering=None, made=None)
    made.commitment(5)
    for side in (0, 1):
        made.report(kept, side, "complete")
    made.report(differing, 0, "complete")
    made.report(differing, 1, "limited")
    made.report(one_sided, 1, "limited")
    made.proposal(1, goals=[4], standing="supported")
    made.proposal(2, goals=[4], standing="partly_answered")
    made.proposal(3, gathering=second, made=said("2026-05-05"))
    made.tell()
    return made


def tables(page: str) -> dict[str, dict[str, list[int]]]:
    """The figures in the tables of a page: heading, row, figures."""
    found = {}
    for section in html.fromstring(page).xpath("//main//section[.//table]"):
        heading = section.xpath("./h2")[0].text_content()
        found[heading] = {
            row.xpath("./th")[0].text_content().strip(): [
                int(cell.text_content()) for cell in row.xpath("./td")
            ]
            for row in section.xpath(".//tbody/tr")
        }
    return found


def whole(page: str) -> list[int]:
    """The figures above the tables."""
    return [int(one.text_content()) for one in html.fromstring(page).xpath("//dl//dd")]


def table(address: str) -> list[dict[str, str]]:
    body = b"".join(Client().get(address)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(body)))


def test_a_goal_is_reported_across_editions_years_and_sides(record):
    page = Client().get("/en/goals/4/").text
    assert whole(page) == [2, 1, 4, 3, 1, 1, 1, 1]
    assert tables(page) == {
        "By edition": {
            "Second forum": [0, 0, 1, 1, 0, 0, 0, 0],
            "First forum": [2, 1, 2, 2, 1, 1, 1, 0],
            "at no gathering": [0, 0, 1, 0, 0, 0, 0, 1],
        },
        "By year": {
            "2026": [0, 0, 1, 1, 0, 0, 0, 0],
            "2025": [2, 1, 1, 1, 1, 1, 0, 0],
            "2024": [0, 0, 1, 1, 0, 0, 1, 0],
            "no date said": [0, 0, 1, 0, 0, 0, 0, 1],
        },
        "By side": {
            "Southtown": [2, 1, 4, 3, 1, 1, 1, 1],
            "Northtown": [2, 1, 0, 0, 0, 0, 0, 0],
        },
    }


@pytest.mark.parametrize(
    "address",
    ["/en/goals/4/", "/en/goals/4/?side=south", "/en/themes/transport/", "/en/themes/",
     "/en/themes/?side=south"],
)  # fmt: skip
def test_every_figure_is_that_of_the_list_it_leads_to(record, address):
    page = html.fromstring(Client().get(address).text)
    links = page.xpath("//main//td[@class='num']/a | //main//dl//dd/a")
    assert len(links) > 7
    for link in links:
        rows = table(re.sub(r"/\?", ".csv?", link.get("href")))
        assert (link.get("href"), len(rows)) == (link.get("href"), int(link.text_content()))


def test_themes_and_goals_are_seen_at_a_glance(record):
    page = Client().get("/en/themes/").text
    assert tables(page) == {
        "Sustainable Development Goals": {
            "4. Quality Education": [2, 1, 4, 3, 1, 1, 1, 1],
            "17. Partnerships for the Goals": [0, 0, 1, 1, 0, 0, 1, 0],
        },
        "Themes": {"Transport": [3, 1, 5, 3, 1, 1, 1, 2]},
    }
    assert "15. Life on Land" in page


def test_one_side_alone(record):
    page = Client().get("/en/goals/4/?side=north").text
    assert whole(page) == [2, 1, 0, 0, 0, 0, 0, 0]
    assert "Only what was asked of, or promised by, Northtown." in page
    assert "By side" not in tables(page)
    assert tables(Client().get("/en/themes/?side=north").text)["Themes"] == {
        "Transport": [3, 1, 0, 0, 0, 0, 0, 0]
    }


def test_tables_and_interface_count_the_same(record):
    listed = table("/en/goals/4.csv")
    assert listed[0]["Counted by"] == "Together"
    counts = [[int(row[name]) for name in list(row)[3:]] for row in listed]
    items = Client().get("/api/v1/figures?goal=4").json()["items"]
    assert [[one[name] for name in NAMES] for one in items] == counts
    assert counts[0] == [2, 1, 4, 3, 1, 1, 1, 1]
    assert [(one["by"], one["id"]) for one in items] == [
        ("whole", None),
        ("gathering", "forum-2"),
        ("gathering", "forum-1"),
        ("gathering", None),
        ("year", "2026"),
        ("year", "2025"),
        ("year", "2024"),
        ("year", "none"),
        ("side", "south"),
        ("side", "north"),
    ]
    assert items[0]["lists"]["kept"] == ("http://testserver/commitments/?state=complete&goal=4")
    book = openpyxl.load_workbook(BytesIO(b"".join(Client().get("/vi/goals/4.xlsx"))))
    rows = list(book.active.iter_rows(values_only=True))
    assert [list(row[3:]) for row in rows[1:]] == counts
    every = Client().get("/api/v1/figures").json()["items"]
    assert [one["id"] for one in every] == [*map(str, range(1, 18)), "transport"]
    assert every[0]["name"]["ru"] == "Ликвидация нищеты"


def test_what_is_invented_is_not_added_to_what_is_real(record):
    real = Dossier.objects.create(key="real", title=words("Real"), languages=["en"])
    Commitment.objects.filter(key="C-2025-001").update(dossier=real)
    record.tell()
    page = Client().get("/en/goals/4/").text
    assert whole(page) == [0, 0, 1, 1, 1, 1, 0, 0]
    assert "Invented examples are not counted" in page
    invented = Client().get("/en/goals/4/?dossier=sample").text
    assert whole(invented) == [2, 1, 3, 2, 0, 0, 1, 1]
    assert "Fictional example." in invented
    of_theme = Client().get("/en/themes/transport/").text  # the theme itself is invented
    assert whole(of_theme)[2] == 5


def test_what_is_kept_to_the_circle_counts_nowhere(record):
    address = "/en/goals/4/"
    before = tables(Client().get(address).text)
    record.commitment(9, goals=[4, 9], title=words("Among us"), readers="partnership:north-south")
    record.proposal(9, goals=[4, 9], title=words("Among us too"), readers="partnership:north-south")
    record.tell()
    page = Client().get(address).text
    assert tables(page) == before
    assert "Among us" not in page
    assert "Nothing recorded here names it yet." in Client().get("/en/goals/9/").text


@pytest.mark.parametrize("language", ["en", "vi", "ru", "fr", "id"])
def test_pages_take_few_statements_and_no_cookie(record, language):
    for address in ("themes/", "themes/?side=south", "themes/transport/", "goals/4/?side=south"):
        with CaptureQueriesContext(connection) as captured:
            answer = Client().get(f"/{language}/{address}")
        assert (answer.status_code, dict(answer.cookies)) == (200, {})
        assert len(captured) <= 20
        assert "<script>" not in answer.text


def test_what_is_no_theme_or_goal_is_not_there(record):
    for address in ("goals/0/", "goals/18/", "themes/nothing/", "goals/18.csv", "themes/no.xlsx"):
        assert Client().get(f"/en/{address}").status_code == 404
    assert Client().get("/api/v1/figures?goal=18").status_code == 400


def test_a_record_without_promises_says_so(db):
    page = Client().get("/en/themes/").text
    assert "Nothing recorded here names a goal yet." in page
    assert "Nothing recorded here names a theme yet." in page
    assert "Nothing recorded here names it yet." in Client().get("/en/goals/1/").text


def test_lists_lead_to_the_report_of_what_they_are_narrowed_to(record):
    listed = Client().get("/en/commitments/?goal=4").text
    assert 'href="/en/goals/4/"' in listed
    assert 'href="/en/themes/transport/"' in Client().get("/en/proposals/?theme=transport").text
    assert 'href="/en/themes/"' in Client().get("/en/commitments/").text


TITLES = {
    "en": "No Poverty; Zero Hunger; Good Health and Well-being; Quality Education; "
    "Gender Equality; Clean Water and Sanitation; Affordable and Clean Energy; "
    "Decent Work and Economic Growth; Industry, Innovation and Infrastructure; "
    "Reduced Inequalities; Sustainable Cities and Communities; "
    "Responsible Consumption and Production; Climate Action; Life Below Water; Life on Land; "
    "Peace, Justice and Strong Institutions; "
    "Partnerships for the Goals",
    "fr": "Pas de pauvreté; Faim « zéro »; Bonne santé et bien-être; Éducation de qualité; "
    "Égalité entre les sexes; Eau propre et assainissement; "
    "Énergie propre et d’un coût abordable; Travail décent et croissance économique; "
    "Industrie, innovation et infrastructure; Inégalités réduites; "
    "Villes et communautés durables; Consommation et production responsables; "
    "Mesures relatives à la lutte contre les changements climatiques; Vie aquatique; "
    "Vie terrestre; Paix, justice et institutions efficaces; "
    "Partenariats pour la réalisation des objectifs",
    "ru": "Ликвидация нищеты; Ликвидация голода; Хорошее здоровье и благополучие; "
    "Качественное образование; Гендерное равенство; Чистая вода и санитария; "
    "Недорогостоящая и чистая энергия; Достойная работа и экономический рост; "
    "Индустриализация, инновации и инфраструктура; Уменьшение неравенства; "
    "Устойчивые города и населённые пункты; Ответственное потребление и производство; "
    "Борьба с изменением климата; Сохранение морских экосистем; Сохранение экосистем суши; "
    "Мир, правосудие и эффективные институты; Партнёрство в интересах устойчивого развития",
    "id": "Tanpa Kemiskinan; Tanpa Kelaparan; Kehidupan Sehat dan Sejahtera; "
    "Pendidikan Berkualitas; Kesetaraan Gender; Air Bersih dan Sanitasi Layak; "
    "Energi Bersih dan Terjangkau; Pekerjaan Layak dan Pertumbuhan Ekonomi; "
    "Industri, Inovasi dan Infrastruktur; Berkurangnya Kesenjangan; "
    "Kota dan Permukiman yang Berkelanjutan; Konsumsi dan Produksi yang Bertanggung Jawab; "
    "Penanganan Perubahan Iklim; Ekosistem Lautan; Ekosistem Daratan; "
    "Perdamaian, Keadilan dan Kelembagaan yang Tangguh; Kemitraan untuk Mencapai Tujuan",
    "vi": "Xóa nghèo; Không còn nạn đói; Sức khỏe và có cuộc sống tốt; Giáo dục có chất lượng; "
    "Bình đẳng giới; Nước sạch và vệ sinh; Năng lượng sạch với giá thành hợp lý; "
    "Công việc tốt và tăng trưởng kinh tế; Công nghiệp, sáng tạo và phát triển hạ tầng; "
    "Giảm bất bình đẳng; Các thành phố và cộng đồng bền vững; "
    "Tiêu thụ và sản xuất có trách nhiệm; Hành động về khí hậu; Tài nguyên và môi trường biển; "
    "Tài nguyên và môi trường trên đất liền; Hòa bình, công lý và các thể chế mạnh mẽ; "
    "Quan hệ đối tác vì các mục tiêu",
}
"""The short titles that the United Nations give the goals; in Indonesian those of Bappenas."""


@pytest.mark.parametrize("language", TITLES)
def test_goals_are_called_what_the_united_nations_call_them(language: str):
    with translation.override(language):
        called = [str(goal.label).replace("\u202f", " ") for goal in Goal]
    assert called == TITLES[language].split("; ")


def test_noughts_are_no_lines_on_a_phone(record):
    page = html.fromstring(Client().get("/en/themes/").content)
    counted = page.xpath("//table[contains(@class, 'counted')]//td")
    noughts = [cell for cell in counted if cell.text_content().strip() == "0"]
    assert noughts
    assert [cell for cell in counted if "data-nothing" in cell.attrib] == noughts
