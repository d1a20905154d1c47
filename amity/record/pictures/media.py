"""Pictures as files: each under the hash of its bytes, so that an address never changes content."""

import errno
import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from amity.foundation import files

LARGEST_BYTES = 20_000_000
LARGEST_SIDE = 10_000
"""Pixels."""
LARGEST_AREA = 50_000_000
"""Pixels in all; a small file that unfolds into more is taken for an attack."""
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
NAME = re.compile(r"([0-9a-f]{64})\.(png|jpg|webp)\Z")


class NotAPicture(ValueError):
    """Bytes that cannot be shown as a picture; the message says why."""


class TooLarge(NotAPicture):
    """More bytes or pixels than are taken."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a picture from its bytes. Sizes in pixels."""

    sha256: str
    media_type: str
    width: int
    height: int


def measure(content: bytes) -> Measured:
    """Look at a picture's bytes without trusting them. Raises NotAPicture."""
    # Here and not above: only what takes pictures in needs the 5 MB of the library.
    from PIL import Image

    if len(content) > LARGEST_BYTES:
        raise TooLarge(f"{len(content):,} bytes; expected at most {LARGEST_BYTES:,}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(TYPES)) as image:
                width, height, kind = image.width, image.height, image.format or ""
                check_size(width, height, getattr(image, "n_frames", 1))
                image.verify()
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                image.load()
    except Exception as error:  # a decoder may raise anything when its input is hostile
        raise broken(error, "expected PNG, JPEG or WebP") from error
    return Measured(hashlib.sha256(content).hexdigest(), TYPES[kind], width, height)


def broken(error: Exception, expected: str) -> NotAPicture:
    """What a decoder's complaint means."""
    from PIL import Image, UnidentifiedImageError

    if isinstance(error, NotAPicture):
        return error
    if isinstance(error, Image.DecompressionBombWarning | Image.DecompressionBombError):
        return TooLarge(f"expected at most {LARGEST_AREA:,} pixels")
    if isinstance(error, UnidentifiedImageError):
        return NotAPicture(f"not a picture; {expected}")
    return NotAPicture(f"a broken picture ({' '.join(str(error).split())})")


def check_size(
    width: int, height: int, frames: int, side: int = LARGEST_SIDE, area: int = LARGEST_AREA
) -> None:
    """Raises TooLarge for more pixels than `side` in a row or `area` in all."""
    if frames * width * height > area >= width * height:
        raise TooLarge(
            f"{frames} pictures of {width} × {height} pixels in one; expected at most "
            f"{area:,} pixels in all"
        )
    if width > side or height > side or width * height > area:
        raise TooLarge(
            f"{width} × {height} pixels; expected at most {side} on a side and {area:,} in all"
        )


def name_of(sha256: str, media_type: str) -> str:
    """File name of a picture: its hash and the usual suffix of its type."""
    return f"{sha256}.{SUFFIXES[media_type]}"


def parts_of(name: str) -> tuple[str, str]:
    """Hash and media type of a name that fits `NAME`. Raises ValueError for any other."""
    found = NAME.match(name)
    if not found:
        raise ValueError(name)
    types = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
    return found[1], types[found[2]]


def path_of(name: str) -> Path:
    """Where the file called `name` is kept; in folders by the first two digits of its hash."""
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def url_of(sha256: str, media_type: str) -> str:
    """Address of a picture, the same in every language."""
    return f"{settings.MEDIA_URL}{name_of(sha256, media_type)}"


def read(name: str) -> bytes:
    """A picture's bytes. Raises OSError where they are not there, or not what was stored."""
    path = path_of(name)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != parts_of(name)[0]:
        raise OSError(errno.EIO, "other bytes than were stored", str(path))
    return content


def keep(content: bytes, name: str) -> None:
    """Store a picture's bytes under their name; does nothing when they are there already."""
    files.keep(path_of(name), content)


def forget(name: str) -> None:
    """Remove a picture's file, if it is there."""
    path_of(name).unlink(missing_ok=True)
