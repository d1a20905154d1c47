"""Whether the bytes of a picture hold its pixels and colours, and nothing else.

Cameras and programs write into a picture where and when it was taken, with what and by whom (EXIF,
XMP, IPTC, comments), a smaller picture, a film. What is not known to be harmless counts as more;
so does whatever stands after the picture's end.
"""

import re
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs iCCP cICP acTL fcTL fdAT".split()
)
WEBP_CHUNKS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"))
JPEG_SEGMENTS = frozenset(
    {0xDB, 0xC4, 0xDD, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xD0)}
)
"""Tables, restarts and frames (ITU T.81, table B.1)."""
JPEG_APPLICATIONS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Of what programs add: the size of a pixel, the colours."""
START, END, SCAN = 0xD8, 0xD9, 0xDA
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker in the data of a scan that is neither a stuffed zero nor a restart."""


def is_bare(content: bytes, kind: str) -> bool:
    """Whether a PNG, JPEG or WebP (as `kind` says) holds nothing besides its picture."""
    try:
        return {"PNG": _bare_png, "JPEG": _bare_jpeg, "WEBP": _bare_webp}[kind](content)
    except (IndexError, ValueError):
        return False


def _bare_png(content: bytes) -> bool:
    if not content.startswith(PNG):
        return False
    place, name = len(PNG), b""
    while place < len(content):
        length = int.from_bytes(content[place : place + 4])
        name = content[place + 4 : place + 8]
        if name not in PNG_CHUNKS or (name == b"IEND" and length):
            return False
        place += 12 + length
        if name == b"IEND":
            break
    return name == b"IEND" and place == len(content)


def _bare_webp(content: bytes) -> bool:
    length = int.from_bytes(content[4:8], "little")
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or length + 8 != len(content):
        return False
    place = 12
    while place < len(content):
        if content[place : place + 4] not in WEBP_CHUNKS:
            return False
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return place == len(content)


def _bare_jpeg(content: bytes) -> bool:
    if content[:2] != bytes((0xFF, START)):
        return False
    for code, segment in _segments(content):
        known = JPEG_APPLICATIONS.get(code)
        if code not in JPEG_SEGMENTS and (known is None or not segment.startswith(known)):
            return False
        if code == 0xE0 and len(segment) > len("JFIF\0") + 9:  # a smaller picture follows
            return False
    return True


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and content of each segment, the scans left out. Raises ValueError, IndexError."""
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker where one must be")
        code = content[place + 1]
        if code == END:
            if place + 2 != len(content):
                raise ValueError("something stands after the end")
            return
        length = int.from_bytes(content[place + 2 : place + 4])
        if length < 2:
            raise ValueError("a segment without a length")
        if code != SCAN:
            yield code, content[place + 4 : place + 2 + length]
        place += 2 + length
        if code == SCAN:
            found = MARKER.search(content, place)
            if found is None:
                raise ValueError("a scan without an end")
            place = found.start()
