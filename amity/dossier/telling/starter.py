"""A folder to begin with: what a dossier needs at least, and examples with the reasons beside."""

import re
import unicodedata
from pathlib import Path

from amity.dossier.problems import DossierError
from amity.dossier.reading.files import HEAD

RECORDS = "records.yaml"
DEFAULT = "our-visit"

HEAD_WORDS = """\
# What this folder is. Every kind, field and list of words is in docs/dossier.md.
# Look at it with:       amity dossier check {folder}
# Bring it in with:      amity dossier load --restore {folder}     (the first time)
#                        amity dossier load {folder}               (from then on)

id: {key}            # for ever: small letters, digits and hyphens
title:
  en: A visit        # language: words; the first is the original, the others are translations
  fr: Une visite
languages: [en, fr]  # check says where one of these is missing
fictional: true      # an exercise; leave this line out when the record is real
office: our-office   # the organization in records.yaml that keeps this dossier
"""

RECORDS_WORDS = """\
# Records are lists by kind. Kinds and files come in any order; a kind may be in several files.
# Words with a colon, a comma within {}, or a # stand in "quotation marks".

organizations:
- id: our-office
  kind: friendship_union
  name: {en: Our office, fr: Notre bureau}

areas:
- id: our-town
  kind: city
  name: {en: Our town, fr: Notre ville}
- id: their-town
  kind: city
  name: {en: Their town, fr: Leur ville}

partnerships:
- id: our-twinning
  kind: twinning
  name: {en: Our town – Their town, fr: Notre ville – Leur ville}
  stages:
  - {stage: twinning, when: 1995}

sides:                  # each area that is a side of the partnership, numbered from 1
- {id: our-side, partnership: our-twinning, area: our-town, position: 1}
- {id: their-side, partnership: our-twinning, area: their-town, position: 2}

persons:
- id: anna-example
  name: {en: Anna Example, fr: Anna Example}

gatherings:
- id: the-visit
  kind: visit
  title: {en: The visit, fr: La visite}
  partnership: our-twinning
  status: held
  when: 2026-05-04/2026-05-06   # or 2026-05-04, 2026-05, 2026; as people say it: {said: {en: soon}}
  place: our-town
  timezone: Europe/Paris

sessions:
- id: the-meeting
  gathering: the-visit
  kind: plenary
  position: 1
  title: {en: The meeting, fr: La rencontre}
  starts_at: 2026-05-04T09:30   # by the clocks of the gathering's zone
  ends_at: 2026-05-04T11:00

proposals:              # numbers are free to choose: a letter, the year, three digits
- id: P-2026-001
  kind: proposal
  title: {en: An exchange of classes, fr: Un échange de classes}
  text:
    en: A class of each town visits the other every year.
    fr: Chaque année, une classe de chaque ville rend visite à l'autre.
  gathering: the-visit
  addressees: [our-side, their-side]

answers:
- id: our-answer
  proposal: P-2026-001
  side: our-side
  verdict: supported
  reasons: {en: The schools have agreed., fr: Les écoles sont d'accord.}

commitments:
- id: C-2026-001
  kind: commitment
  title: {en: Receive the first class, fr: Recevoir la première classe}
  grade: will
  gathering: the-visit
  proposals: [P-2026-001]
  made: 2026-05-06
  deadline: {edtf: 2027-05, said: {en: in May next year}}
  parties:
  - {side: our-side, role: holder}
  - {side: their-side, role: counterpart}

# What comes next, one by one: reports, statements, agreements, memberships, delegations, delegates,
# groups, contributions, sources, articles, passages, pictures …
"""


def start(folder: Path) -> list[Path]:
    """Write the folder's first files. Raises DossierError where it holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DossierError.about(str(folder), "holds something already; expected a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    words = {HEAD: HEAD_WORDS.format(folder=folder, key=_key(folder)), RECORDS: RECORDS_WORDS}
    for name, content in words.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return [folder / name for name in words]


def _key(folder: Path) -> str:
    """An identifier from the name of the folder."""
    plain = unicodedata.normalize("NFKD", folder.resolve().name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or DEFAULT
