"""A request that comes twice under one key is done once, and answered as it was before."""

import json
import re
from collections.abc import Callable
from hashlib import sha256

from django.http import HttpResponse
from django.utils import timezone

from amity.tokens.models import Answered
from amity.tokens.queries import answered

from .answering import as_json
from .problems import Problem
from .programs import ProgramRequest, in_turn

REQUEST_KEY = re.compile(r"[\x21-\x7e]{8,200}", re.ASCII)


def once(request: ProgramRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What `make` answers, written with what it does; or what was answered to the same before."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        with in_turn(request):
            return make()
    if not REQUEST_KEY.fullmatch(key):
        raise Problem(400, "Expected 8 to 200 signs without spaces as Idempotency-Key.")
    digest = sha256(request.path.encode() + b"\n" + request.body).hexdigest()
    with in_turn(request):
        before = answered(request.program.token, key)
        if before is not None:
            if before.digest != digest:
                raise Problem(422, "This Idempotency-Key came with another request.")
            response = as_json(before.body, status=before.status)
            response["Location"], response["ETag"] = before.location, f'"{before.revision}"'
            return response
        response = make()
        body = json.loads(response.content)
        Answered.objects.create(
            token=request.program.token,
            key=key,
            digest=digest,
            status=response.status_code,
            location=response["Location"],
            revision=body["revision"],
            body=body,
            at=timezone.now(),
        )
    return response
