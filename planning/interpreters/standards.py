"""Team sizes and working hours, as associations of interpreters set them: tables to be replaced.

Sources were read in November 2026; what could not be read at its source is said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from planning.fields import Range

Minutes = Annotated[int, Range(1, 1440)]
Few = Annotated[int, Range(1, 100)]


@dataclass(frozen=True)
class TeamRow:
    """Up to so many minutes of a session on one day, at least so many interpreters."""

    minutes: Minutes
    interpreters: Few


@dataclass(frozen=True)
class Standard:
    """What an association asks for in simultaneous interpretation.

    name, source    who says so, and where
    two_languages   rows in order of minutes: the team of the one booth of a session in two
                    languages; a session longer than the last row cannot be planned
    three_languages the least team of a session in which three or more languages are in use
    booth           the least team of each booth of such a session
    pivots          interpreters at least who take a language directly, if others take it on relay
    stretch_minutes the longest time from the start of a duty to the end of the last one that
                    follows it with less than `rest_minutes` between
    stretches       of those a day, at most
    rest_minutes    that end a stretch
    day_minutes     of duties a day, at most
    """

    name: str
    source: str
    two_languages: tuple[TeamRow, ...]
    three_languages: Few = 6
    booth: Few = 2
    pivots: Few = 2
    stretch_minutes: Minutes = 180
    stretches: Few = 2
    rest_minutes: Minutes = 90
    day_minutes: Minutes = 360


AIIC: Final = Standard(
    name="AIIC",
    source="International Association of Conference Interpreters, Professional Standards",
    two_languages=(TeamRow(40, 1), TeamRow(240, 2), TeamRow(360, 3), TeamRow(480, 4)),
    three_languages=6,
    booth=2,
    pivots=2,
    stretch_minutes=180,
    stretches=2,
    rest_minutes=90,
    day_minutes=360,
)
"""The default. Rule by rule:

- `two_languages`: one interpreter up to 40 minutes, two up to "3.5 to 4 hours", three up to six
  hours, four up to eight, for two languages both ways in a single booth: AIIC in Canada,
  "Professional practice conditions" (canada.aiic.net/ViewPage.cfm/page1625; the same words in
  ATIO's "Professional Practice Conditions"). The table takes the upper end, four hours.
- `three_languages`: at least six interpreters: the same page.
- `booth`: at least two interpreters per language and per booth: Professional Standards,
  article 6, as reprinted by AIB (aibcnet.com, "Teams of Interpreters"); the Canadian page says the
  same for four and more languages.
- `pivots`: systematic relay is to be avoided; where it cannot be, at least two interpreters of the
  team must be able to provide the relay from that language: article 6, same reprint. The further
  rule there, three interpreters in a two-way booth that gives the relay, is not in this table.
- No interpreter should alone be responsible for a language ("sole-source" among the rules): the
  Canadian page.
- `stretch_minutes`, `stretches`, `rest_minutes`, `day_minutes`: never more than two sessions of
  three hours a day, with ninety minutes between. The association's text on the length of the
  working day could not be read at its source when this was written; APIC's conditions (below)
  have the same structure and the same ninety minutes.

The team sizes are the least for a session; the working hours hold for each interpreter besides. A
session of four hours without a long break therefore has to be given in two parts with two teams,
since nobody may work for four hours on end.
"""

APIC: Final = Standard(
    name="APIC",
    source="Associação Portuguesa de Intérpretes de Conferência, Working Conditions",
    two_languages=(TeamRow(60, 1), TeamRow(240, 2), TeamRow(480, 3)),
    three_languages=6,
    booth=2,
    pivots=2,
    stretch_minutes=240,
    stretches=2,
    rest_minutes=90,
    day_minutes=420,
)
"""A second example (apic.org.pt, "Working Conditions", English version):

- at least two interpreters per booth, with an exception below one hour in all; three where a booth
  works both ways for a day or more. "A day" is read here as more than one session of four hours;
- two sessions of at most four hours a day, at least ninety minutes between, seven hours in all.
  The extra hour that the page allows as an exception is left out.
- The page says nothing about relay that could be read; `pivots` is AIIC's. `three_languages`
  follows from two interpreters in each of three booths.
"""

STANDARDS: Final = (AIIC, APIC)

__all__ = ["AIIC", "APIC", "STANDARDS", "Standard", "TeamRow"]
