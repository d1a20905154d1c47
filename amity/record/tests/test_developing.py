"""Pictures as they come: what does not leave the house, turned upright, made smaller."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin

from amity.record.pictures import media
from amity.record.pictures.containers import is_bare
from amity.record.pictures.developing import LARGEST_BYTES, LARGEST_SIDE, LARGEST_TAKEN, developed

from .phone import PHONE

SECRETS = (b"Acme", b"Phone 9", b"GPS", b"xpacket", b"Somebody", b"ftypmp4", b"Exif")
XMP = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">Somebody</x:xmpmeta>'


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes."""
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0112] = "Acme", "Phone 9", orientation
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (21.0, 1.0, 41.0), "E", (105.0, 51.0, 10.0)
    return made


def shot(kind: str, size: tuple[int, int] = (6, 4), mode: str = "RGB", **options: object) -> bytes:
    """A picture whose upper left corner is red, and all else blue."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    stream = io.BytesIO()
    image.save(stream, kind, quality=95, **options)
    return stream.getvalue()


def jpeg() -> bytes:
    return shot("JPEG", exif=exif(), comment=b"Somebody", xmp=XMP)


def jpeg_with_a_film() -> bytes:
    return shot("JPEG") + b"\0\0\0\x18ftypmp42 Somebody"


def png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Somebody")
    words.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return shot("PNG", exif=exif(), pnginfo=words)


def png_with_a_private_chunk() -> bytes:
    content = shot("PNG")
    chunk = struct.pack(">I", 8) + b"prVtSomebody"
    chunk += struct.pack(">I", zlib.crc32(chunk[4:]))
    return content[:33] + chunk + content[33:]


def webp() -> bytes:
    return shot("WEBP", exif=exif(), xmp=XMP)


COMING = [
    (jpeg, "image/jpeg"),
    (jpeg_with_a_film, "image/jpeg"),
    (png, "image/png"),
    (png_with_a_private_chunk, "image/png"),
    (webp, "image/webp"),
    (lambda: PHONE, "image/jpeg"),
]


@pytest.mark.parametrize(("coming", "media_type"), COMING)
def test_nothing_but_the_picture_leaves_the_house(
    coming: Callable[[], bytes], media_type: str
) -> None:
    content = coming()
    kept = developed(content)
    assert media.measure(kept).media_type == media_type
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert {"exif", "xmp", "comment", "icc_profile"} & {*image.info} == set()
    assert [secret for secret in SECRETS if secret in kept] == []
    assert developed(kept) == kept


def test_the_test_pictures_hold_what_must_not_leave() -> None:
    for coming, _ in COMING:
        content = coming()
        assert [secret for secret in SECRETS if secret in content] != []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_that_is_nothing_else_stays_as_it_is(kind: str, mode: str) -> None:
    content = shot(kind, mode=mode) if mode == "RGB" else shot(kind)
    assert is_bare(content, kind)
    assert developed(content) == content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_is_turned_upright(kind: str, orientation: int) -> None:
    """The red corner goes where EXIF says that the upper left one is."""
    kept = developed(shot(kind, (60, 40), exif=exif(orientation)))
    measured = media.measure(kept)
    assert (measured.width, measured.height) == ((40, 60) if orientation > 4 else (60, 40))
    right, below = orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8)
    with Image.open(io.BytesIO(kept)) as image:
        x = image.width * 3 // 4 if right else image.width // 4
        y = image.height * 3 // 4 if below else image.height // 4
        red, blue = (image.convert("RGB").getchannel(channel) for channel in "RB")
        corner, across = (x, y), (image.width - x, image.height - y)
        assert (red.getpixel(corner), blue.getpixel(corner)) == pytest.approx((255, 0), abs=40)
        assert (red.getpixel(across), blue.getpixel(across)) == pytest.approx((0, 255), abs=40)


def test_a_photograph_of_a_phone_is_taken() -> None:
    measured = media.measure(developed(PHONE))
    assert (measured.media_type, measured.width, measured.height) == ("image/jpeg", 64, 48)


def test_a_large_photograph_is_made_smaller() -> None:
    noise = Image.effect_noise((7_000, 5_000), 90).convert("RGB")
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=97, exif=exif(6))
    content = stream.getvalue()
    assert 25_000_000 < len(content) < LARGEST_TAKEN
    kept = developed(content)
    measured = media.measure(kept)
    assert len(kept) <= LARGEST_BYTES
    assert max(measured.width, measured.height) <= LARGEST_SIDE
    assert measured.height > measured.width
    assert developed(kept) == kept


def test_a_drawing_keeps_its_transparent_ground() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Somebody")
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    stream = io.BytesIO()
    image.save(stream, "PNG", pnginfo=words)
    with Image.open(io.BytesIO(developed(stream.getvalue()))) as kept:
        assert (kept.mode, kept.getpixel((1, 1))) == ("RGBA", (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIF89a", "not a picture; expected PNG, JPEG, WebP or HEIC"),
        (PHONE[:-60], "not a picture; expected PNG, JPEG, WebP or HEIC"),
        (shot("JPEG", exif=exif())[:-30], "a broken picture"),
        (b"\0" * (LARGEST_TAKEN + 1), "60,000,001 bytes; expected at most 60,000,000 (save it "
         "smaller, such as 3840 pixels on its longer side)"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told(content: bytes, message: str) -> None:
    with pytest.raises(media.NotAPicture) as refused:
        developed(content)
    assert str(refused.value).startswith(message)
