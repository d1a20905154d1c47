"""Pictures as they come, made into pictures as they are shown.

Upright, no larger than a screen needs, and without what cameras and programs write into them: the
place, the camera, names, comments. A picture that is so already stays as it is, byte for byte.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from amity.record.pictures.containers import is_bare
from amity.record.pictures.media import TooLarge, broken, check_size

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_TAKEN = 60_000_000
"""Bytes of a picture as it comes."""
LARGEST_PHOTOGRAPH = 150_000_000
"""Pixels of a JPEG as it comes, which is read at a smaller size from the start."""
LONGEST_PHOTOGRAPH = 30_000
"""Pixels on a side of such."""
LARGEST_SIDE = 3_840
"""Pixels of a picture as it is shown."""
LARGEST_BYTES = 6_000_000
QUALITIES = (88, 80, 70, 55)
TAKEN = ("PNG", "JPEG", "WEBP", "HEIF")
EXPECTED = "expected PNG, JPEG, WebP or HEIC"


def developed(content: bytes) -> bytes:
    """The bytes to keep of a picture: PNG, JPEG or WebP. Raises NotAPicture."""
    import pi_heif
    from PIL import Image

    if len(content) > LARGEST_TAKEN:
        raise TooLarge(
            f"{len(content):,} bytes; expected at most {LARGEST_TAKEN:,} (save it smaller, such as "
            f"{LARGEST_SIDE} pixels on its longer side)"
        )
    pi_heif.register_heif_opener(thumbnails=False)
    with _judged(), Image.open(io.BytesIO(content), formats=list(TAKEN)) as image:
        kind = image.format or ""
        if kind == "JPEG":
            check_size(image.width, image.height, 1, LONGEST_PHOTOGRAPH, LARGEST_PHOTOGRAPH)
        else:
            check_size(image.width, image.height, getattr(image, "n_frames", 1))
        small = max(image.size) <= LARGEST_SIDE and len(content) <= LARGEST_BYTES
        if kind != "HEIF" and small and is_bare(content, kind):
            return content
        image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        return _written(_upright(image), kind)


@contextmanager
def _judged() -> Iterator[None]:
    """Tells what a decoder complains of. Sizes are looked at by `check_size`."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    except Exception as error:  # a decoder may raise anything when its input is hostile
        raise broken(error, EXPECTED) from error


def _upright(image: "Image") -> "Image":
    """The first picture, turned as it was held, in the colours of screens, small enough."""
    from PIL import Image, ImageCms, ImageOps

    turned = ImageOps.exif_transpose(image)
    profile = turned.info.get("icc_profile")
    alpha = turned.has_transparency_data
    turned = turned.convert("RGBA" if alpha else "RGB")
    if profile and not alpha and image.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(turned, source, ImageCms.createProfile("sRGB"))
            turned = made or turned
        except ImageCms.PyCMSError:
            pass  # a profile that cannot be read says nothing of the colours
    turned.info.clear()
    turned.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    return turned


def _written(image: "Image", kind: str) -> bytes:
    """The picture in the format it came in; as WebP where that is too large, as JPEG of HEIC."""
    if kind == "PNG":
        content = _saved(image, "PNG", optimize=True)
        if len(content) <= LARGEST_BYTES:
            return content
    if kind in ("PNG", "WEBP"):
        form, options = "WEBP", {"method": 4}
    else:
        form, options = "JPEG", {"optimize": True, "progressive": True}
        image = image.convert("RGB")
    while True:
        for quality in QUALITIES:
            content = _saved(image, form, quality=quality, **options)
            if len(content) <= LARGEST_BYTES:
                return content
        image = image.reduce(2)


def _saved(image: "Image", form: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
