"""A dossier as files in their canonical form: the same record gives the same bytes, always."""

import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import yaml
from django.db import connection, transaction
from yaml.cyaml import CSafeDumper

from amity.dossier.collecting import Collected, Part
from amity.dossier.problems import DossierError, Problem, Problems
from amity.dossier.progress import Progress
from amity.dossier.reading.files import HEAD, record_files
from amity.dossier.reading.yaml import Reader, Unreadable
from amity.dossier.shapes.catalogue import PICTURE, record_shape
from amity.dossier.shapes.pictures import FOLDER, exported_name
from amity.dossier.spool import Spool
from amity.record import kinds, media
from amity.record.acting import STRANGER, Acting
from amity.record.models import Dossier
from amity.record.refusals import NotAllowed

WIDTH = 100
STEPS = 500


class Writer(CSafeDumper):
    """YAML as people like to read it: block style, letters as they are, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _words(writer: Any, words: str) -> yaml.ScalarNode:
    style = "|" if "\n" in words else None
    node: yaml.ScalarNode = writer.represent_scalar("tag:yaml.org,2002:str", words, style=style)
    return node


def _decimal(writer: Any, number: Decimal) -> yaml.ScalarNode:
    words = f"{number:f}"
    tag = "float" if "." in words else "int"
    node: yaml.ScalarNode = writer.represent_scalar(f"tag:yaml.org,2002:{tag}", words)
    return node


def _float(writer: Any, number: float) -> yaml.ScalarNode:
    return _decimal(writer, Decimal(repr(number)))


Writer.add_representer(str, _words)
Writer.add_representer(Decimal, _decimal)
Writer.add_representer(float, _float)


def export(
    dossier: Dossier,
    folder: Path,
    progress: Progress,
    acting: Acting = STRANGER,
    *,
    part: Part = Part.PUBLIC,
) -> int:
    """Write the dossier into `folder`, with what it refers to; the number of records.

    `part`: what of it; no more than whoever acts may read, but that an administrator may have all.
    The folder is new or empty, or holds this dossier already: then its files of records and its
    pictures are replaced, and whatever else lies there stays. Raises DossierError, NotAllowed.
    """
    if part is Part.EVERYTHING and not acting.administrator:
        raise NotAllowed("Only the administrator exports everything.")
    _prepare(dossier, folder)
    collected = Collected(dossier, acting, part)
    try:
        with transaction.atomic():
            _one_moment()
            progress.start("reading", len(kinds.by_plural()))
            collected.collect(progress)
            head = collected.head()
        _write(folder, head, collected.spool, progress)
        return collected.spool.count()
    finally:
        collected.spool.close()


def _one_moment() -> None:
    """Let all statements of this transaction see the record as it is at one moment."""
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _prepare(dossier: Dossier, folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        return
    if not any(folder.iterdir()):
        return
    if _id_in(folder) != dossier.key:
        problems = Problems()
        problems.add(
            Problem(
                str(folder),
                0,
                "",
                f"holds something else than the dossier {dossier.key}; expected an empty folder",
            )
        )
        raise DossierError(problems)
    for path, _ in list(record_files(folder, Problems())):
        path.unlink()
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


def _id_in(folder: Path) -> str | None:
    try:
        with (folder / HEAD).open("rb") as stream:
            node = Reader(stream).whole()
    except (OSError, Unreadable):
        return None
    return node.data.get("id") if node else None


def _write(folder: Path, head: dict[str, Any], spool: Spool, progress: Progress) -> None:
    with (folder / HEAD).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_yaml(head))
    progress.start("writing", spool.count())
    for kind in kinds.kinds():
        if not spool.count(kind.kind):
            continue
        shape = record_shape(kind.kind)
        in_order = spool.picked(kind.kind, sorted(spool.keys(kind.kind)))
        written = ({**shape.write(one["record"]), **one["beside"]} for _, one in in_order)
        path = folder / f"{kind.plural}.yaml"
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            _write_records(stream, kind.plural, written, progress)
    for _, one in spool.records(PICTURE):
        record = one["record"]
        target = folder / exported_name(record)
        target.parent.mkdir(exist_ok=True)
        name = media.name_of(record["sha256"], record["media_type"])
        target.write_bytes(media.path_of(name).read_bytes())


def _write_records(
    stream: TextIO, plural: str, records: Iterable[dict[str, Any]], progress: Progress
) -> None:
    stream.write(f"{plural}:\n")
    for count, record in enumerate(records):
        if count % STEPS == 0:
            progress.step(STEPS)
        stream.write(_yaml([record]))


def _yaml(data: Any) -> str:
    written: str = yaml.dump(
        data,
        Dumper=Writer,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=WIDTH,
    )
    return written
