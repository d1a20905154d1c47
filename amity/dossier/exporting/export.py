"""A dossier as files in their canonical form: the same record gives the same bytes, always."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import yaml
from yaml.cyaml import CSafeDumper

from amity.dossier.exporting.collect import Collected, Part
from amity.dossier.exporting.exchange import replaced
from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.dossier.reading.files import HEAD
from amity.dossier.shapes.catalogue import PICTURE, record_shape
from amity.dossier.shapes.pictures import exported_name
from amity.dossier.staging.spool import Spool
from amity.foundation.database.moment import one_moment
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.models import Dossier
from amity.record.pictures import media
from amity.record.refusals import NotAllowed

WIDTH = 100
STEPS = 500


class Writer(CSafeDumper):
    """YAML as people like to read it: block style, letters as they are, no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _words(writer: Writer, words: str) -> yaml.ScalarNode:
    style = "|" if "\n" in words else None
    return writer.represent_scalar("tag:yaml.org,2002:str", words, style=style)


def _decimal(writer: Writer, number: Decimal) -> yaml.ScalarNode:
    words = f"{number:f}"
    tag = "float" if "." in words else "int"
    return writer.represent_scalar(f"tag:yaml.org,2002:{tag}", words)


def _float(writer: Writer, number: float) -> yaml.ScalarNode:
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
    pictures are replaced when all new ones are written, and whatever else lies there stays.
    Raises DossierError, NotAllowed.
    """
    if part is Part.EVERYTHING and not acting.administrator:
        raise NotAllowed(words="Only the administrator exports everything.")
    with replaced(folder, dossier.key) as beside:
        collected = Collected(dossier, acting, part)
        try:
            with one_moment():
                progress.start("reading", len(kinds.by_plural()))
                collected.collect(progress)
                head = collected.head()
            _write(beside, head, collected.spool, progress)
            return collected.spool.count()
        finally:
            collected.spool.close()


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
        target.write_bytes(_stored(record))


def _stored(picture: dict[str, Any]) -> bytes:
    """The bytes of a picture. Raises DossierError where they are not what was stored."""
    name = media.name_of(picture["sha256"], picture["media_type"])
    try:
        return media.read(name)
    except OSError as error:
        words = f"the picture {picture['id']} cannot be read here ({error.strerror}); load it again"
        raise DossierError.about(str(media.path_of(name)), words) from error


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
