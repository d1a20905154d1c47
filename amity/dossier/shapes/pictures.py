"""Pictures: people write the file's name, the record holds what its bytes say."""

import os
import tempfile
import unicodedata
import weakref
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath

from amity.dossier import problems
from amity.dossier.problems import Wrong
from amity.dossier.reading.files import unfit
from amity.record.pictures.developing import LARGEST_TAKEN, developed
from amity.record.pictures.media import SUFFIXES, NotAPicture, measure

from .base import Shape, quoted
from .records import Plain, RecordShape

FOLDER = "pictures"
MEASURED = ("sha256", "media_type", "width", "height")
EXPECTED = f"expected a PNG, JPEG, WebP or HEIC file below {FOLDER}/, such as {FOLDER}/harbour.webp"


class Taken(dict[str, Path]):
    """Hash → the file with the picture to keep: the one that was read, or what was made of it,
    which goes when this does."""

    _made: Path | None = None

    def take(self, path: Path, content: bytes, kept: bytes, sha256: str) -> None:
        """Keep what was made of the `content` of a file."""
        if kept != content:
            path = self._folder() / sha256
            path.write_bytes(kept)
        self[sha256] = path

    def _folder(self) -> Path:
        if self._made is None:
            folder = tempfile.TemporaryDirectory(prefix="amity-pictures-")
            weakref.finalize(self, folder.cleanup)
            self._made = Path(folder.name)
        return self._made


@dataclass
class PictureFile(Shape):
    """The name of a picture file in the dossier's folder; read as what its bytes say.

    `files` collects everything that was read.
    """

    root: Path | None = None
    files: Taken | None = None

    def read(self, raw: object) -> Plain:
        if not isinstance(raw, str) or self.root is None:
            raise Wrong.here(f"{quoted(raw)} is not a file name; {EXPECTED}")
        path = self._path(raw)
        if complaint := unfit(path, LARGEST_TAKEN):
            raise Wrong.here(f"{quoted(raw)}: {complaint}")
        try:
            content = path.read_bytes()
            kept = developed(content)
            measured = measure(kept)
        except (NotAPicture, OSError) as error:
            raise Wrong.here(f"{quoted(raw)}: {error}") from error
        if self.files is not None:
            self.files.take(path, content, kept, measured.sha256)
        return {name: getattr(measured, name) for name in MEASURED}

    def _path(self, raw: str) -> Path:
        """The file meant, which lies in the pictures' folder and is reached without links."""
        named = PurePosixPath(raw)
        parts = named.parts
        if (
            named.is_absolute()
            or len(parts) < 2
            or parts[0] != FOLDER
            or ".." in parts
            or "\\" in raw
            or "\0" in raw
        ):
            raise Wrong.here(f"{quoted(raw)} is not below {FOLDER}/; {EXPECTED}")
        path = self.root or Path()
        for part in parts[:-1]:
            path = named_alike(path, part)
            if path.is_symlink():
                raise Wrong.here(f"{quoted(raw)} leads through a link; {EXPECTED}")
        return named_alike(path, parts[-1])

    def schema(self) -> Plain:
        return {"type": "string", "pattern": rf"^{FOLDER}/[^\\]+$"}


def named_alike(folder: Path, name: str) -> Path:
    """What is called `name` in the folder, in whatever normal form of Unicode a computer wrote it:
    a copy from macOS spells letters with marks in two characters."""
    path = folder / name
    if path.exists() or path.is_symlink() or not folder.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", name)
    alike = (one for one in os.listdir(folder) if unicodedata.normalize("NFC", one) == wanted)
    return folder / min(alike, default=name)


def exported_name(record: Plain) -> str:
    """The name an export gives to a picture's file."""
    return f"{FOLDER}/{record['id']}.{SUFFIXES[record['media_type']]}"


@dataclass(frozen=True)
class PictureShape(RecordShape):
    """A record with `file` in place of what is measured of it."""

    source: PictureFile = field(default_factory=PictureFile)

    @classmethod
    def of(cls, shape: RecordShape) -> "PictureShape":
        """The shape of pictures, from what the model says of them."""
        return cls(**{one.name: getattr(shape, one.name) for one in fields(shape) if one.init})

    def reading_from(self, root: Path, files: Taken) -> "PictureShape":
        """The same for the dossier in `root`; `files` collects what was read."""
        return replace(self, source=PictureFile(root, files))

    @property
    def names(self) -> tuple[str, ...]:
        return ("id", "file", *(name for name in super().names if name not in ("id", *MEASURED)))

    def read(self, raw: object) -> Plain:
        if raw.__class__ is not dict:
            return super().read(raw)
        faults: list[tuple[problems.Path, str]] = [
            ((name,), "is measured from the file; leave it out") for name in MEASURED if name in raw
        ]
        measured: Plain = dict.fromkeys(MEASURED)
        if "file" not in raw:
            faults.append((("file",), f"is missing; {EXPECTED}"))
        else:
            try:
                measured = self.source.read(raw["file"])
            except Wrong as wrong:
                faults += [(("file", *path), message) for path, message in wrong.faults]
        described = replace_fields(self, MEASURED)
        try:
            record = described.read({k: v for k, v in raw.items() if k not in ("file", *MEASURED)})
        except Wrong as wrong:
            raise Wrong([*faults, *wrong.faults]) from wrong
        if faults:
            raise Wrong(faults)
        return {**record, **measured}

    def write(self, record: Plain) -> Plain:
        written = replace_fields(self, MEASURED).write(record)
        return {"id": written.pop("id"), "file": exported_name(record), **written}

    def schema(self) -> Plain:
        made = replace_fields(self, MEASURED).schema()
        made["properties"] = {
            name: self.source.schema() if name == "file" else made["properties"][name]
            for name in self.names
        }
        made["required"] = ["id", "file", *(name for name in made["required"] if name != "id")]
        return made


def replace_fields(shape: RecordShape, left_out: tuple[str, ...]) -> RecordShape:
    """The shape without some of its fields."""
    kept = {name: one for name, one in shape.fields.items() if name not in left_out}
    return RecordShape(shape.model, kept, shape.lists, shape.children)
