"""Signatures as the Standard Webhooks specification has them (version 1: HMAC-SHA256)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret nobody guesses, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_message() -> str:
    """What a message is called in all its requests."""
    return f"msg_{secrets.token_urlsafe(20)}"


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """The signature of one secret over name, moment (seconds since 1970) and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(
        key, b".".join([message.encode(), str(moment).encode(), body]), hashlib.sha256
    )
    return f"v1,{base64.b64encode(signed.digest()).decode()}"


def headers(kept: Iterable[str], message: str, moment: int, body: bytes) -> dict[str, str]:
    """The headers that show who sent a message, when, and that nobody has changed it.

    With a signature of each secret that holds, the newest first.
    """
    return {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signature(one, message, moment, body) for one in kept),
    }
