"""Pictures: looked at without trust, kept under their hash, served for ever."""

import hashlib
import io
import struct
import zlib

import pytest
from django.test import Client
from PIL import Image

from amity.record.models import Dossier, Picture
from amity.record.pictures import media


def png(width: int = 3, height: int = 2) -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def claiming(width: int, height: int) -> bytes:
    """The bytes of a PNG that says it is larger than it is."""
    content = bytearray(png())
    content[16:24] = struct.pack(">II", width, height)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


@pytest.fixture
def kept(db: None, settings, tmp_path) -> str:
    """The name of a picture that is part of the record."""
    settings.MEDIA_ROOT = tmp_path
    content = png()
    measured = media.measure(content)
    name = media.name_of(measured.sha256, measured.media_type)
    media.keep(content, name)
    dossier = Dossier.objects.create(key="d", title={"original": "en", "versions": {}})
    Picture.objects.create(
        dossier=dossier,
        readers="public",
        key="p",
        sha256=measured.sha256,
        media_type=measured.media_type,
        width=3,
        height=2,
        alt={"original": "en", "versions": {}},
        licence="CC0",
    )
    return name


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_measured(kind: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (5, 7)).save(stream, kind)
    content = stream.getvalue()
    assert media.measure(content) == media.Measured(
        hashlib.sha256(content).hexdigest(), media.TYPES[kind], 5, 7
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a picture; expected PNG, JPEG or WebP"),
        (b"<svg onload='alert(1)'/>", "not a picture; expected PNG, JPEG or WebP"),
        (png()[:40], "not a picture; expected PNG, JPEG or WebP"),
        (png(400, 300)[:150], "a broken picture"),
        (claiming(60_000, 60_000), "expected at most 50,000,000 pixels"),
        (claiming(9_999, 8_000), "9999 × 8000 pixels; expected at most 10000 on a side"),
        (b"\0" * 20_000_001, "20,000,001 bytes; expected at most 20,000,000"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(media.NotAPicture) as refused:
        media.measure(content)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(("kind", "right", "wrong"), [("WEBP", 12, 13), ("PNG", 12, 13)])
def test_the_pictures_of_an_animation_are_counted_together(
    kind: str, right: int, wrong: int
) -> None:
    def moving(count: int) -> bytes:
        frames = [Image.new("L", (2_000, 2_000), 15 * shade) for shade in range(count)]
        stream = io.BytesIO()
        frames[0].save(stream, kind, save_all=True, append_images=frames[1:])
        return stream.getvalue()

    assert media.measure(moving(right)).width == 2_000
    with pytest.raises(media.NotAPicture) as refused:
        media.measure(moving(wrong))
    assert str(refused.value).startswith("13 pictures of 2000 × 2000 pixels")


def test_a_picture_is_served_for_ever(client: Client, kept: str) -> None:
    response = client.get(f"/media/{kept}")
    assert b"".join(response.streaming_content) == png()  # type: ignore[attr-defined] # streams
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "ETag")} == {
        "Content-Type": "image/png",
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{kept[:64]}"',
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Language" not in response
    assert "Accept-Language" not in response.get("Vary", "")
    again = client.get(f"/media/{kept}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_pictures_of_the_record_are_served(client: Client, kept: str) -> None:
    stranger = media.name_of("0" * 64, "image/png")
    media.keep(b"not of the record", stranger)
    for name in (stranger, kept.replace(".png", ".jpg"), kept.upper(), "secret", f"{kept}.partial"):
        assert client.get(f"/media/{name}").status_code == 404
    assert client.get(f"/media/../{kept}").status_code == 404
    media.forget(kept)
    assert client.get(f"/media/{kept}").status_code == 404
    assert client.post(f"/media/{kept}").status_code == 405


def test_keeping_twice_keeps_once(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    sha256 = hashlib.sha256(b"x").hexdigest()
    name = media.name_of(sha256, "image/png")
    media.keep(b"x", name)
    media.keep(b"x", name)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]
    assert media.url_of(sha256, "image/png") == f"/media/{name}"
