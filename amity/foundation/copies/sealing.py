"""Encryption for a recipient, in the format of age (age-encryption.org/v1)."""

from pathlib import Path

import pyrage

from amity.foundation.copies.manifest import CopyError

MAGIC = b"age-encryption.org/v1\n"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how a line of such a file begins


def is_sealed(path: Path) -> bool:
    """Whether a file is encrypted. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def recipient_of(words: str) -> pyrage.x25519.Recipient:
    """The public key that somebody wrote, age1…. Raises CopyError where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(words)
    except pyrage.RecipientError as error:
        raise CopyError(f"{words} is no recipient of age, like age1…: {error}") from error


def seal(source: Path, target: Path, recipient: pyrage.x25519.Recipient) -> None:
    """Encrypt a file for a recipient. Raises OSError."""
    pyrage.encrypt_file(str(source), str(target), [recipient])


def unseal(source: Path, target: Path, key: Path | None) -> None:
    """Decrypt a file by the secret key in a file of `age-keygen`. Raises CopyError."""
    if key is None:
        raise CopyError("is encrypted: name the file with the secret key (--key FILE)")
    try:
        pyrage.decrypt_file(str(source), str(target), _secrets(key))
    except (pyrage.DecryptError, OSError) as error:
        said = " ".join(str(error).split())
        raise CopyError(f"cannot be decrypted by the key in {key}: {said}") from error


def _secrets(key: Path) -> list[pyrage.x25519.Identity]:
    try:
        lines = key.read_text().split()
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET)]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise CopyError(f"the key in {key} cannot be read: {error}") from error
    if not found:
        raise CopyError(f"no secret key in {key}; expected a line {SECRET}1…")
    return found
