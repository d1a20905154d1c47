"""An answer in JSON, written once for all operations."""

import json

from django.http import HttpResponse


def as_json(data: object, status: int = 200) -> HttpResponse:
    """`data` as JSON, with letters as they are."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(words, status=status, content_type="application/json")
