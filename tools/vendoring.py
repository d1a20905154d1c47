"""Files of others that stand in this project: which, from where, and that they are unchanged.

`vendor/manifest.json` names each npm package with its exact version, the registry's integrity
hash of its archive, its licence, and the files taken from it with a hash of each.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
MANIFEST = Path("vendor/manifest.json")


class VendorError(Exception):
    """What is vendored and what the manifest says do not go together."""


def read_manifest(checkout: Path = CHECKOUT) -> dict[str, Any]:
    """The manifest of a checkout."""
    manifest: dict[str, Any] = json.loads((checkout / MANIFEST).read_text())
    return manifest


def integrity(content: bytes) -> str:
    """Subresource-integrity form of a file's SHA-512, as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def check(checkout: Path = CHECKOUT) -> list[str]:
    """What differs between the manifest and the files; empty when all is as it should be.

    A file in a vendored folder that the manifest does not name is a difference too.
    """
    differences = []
    named: set[Path] = set()
    for package in read_manifest(checkout)["packages"]:
        for file in package["files"]:
            target = checkout / file["to"]
            named.add(target)
            if not target.is_file():
                differences.append(f"{file['to']} is missing")
            elif integrity(target.read_bytes()) != file["integrity"]:
                differences.append(f"{file['to']} is not the file of {package['name']}")
    for folder in sorted({path.parent for path in named if path.parent.is_dir()}):
        differences += [
            f"{path.relative_to(checkout)} is not in the manifest"
            for path in sorted(folder.iterdir())
            if path.is_file() and path not in named
        ]
    return differences


def refresh(*, latest: bool, checkout: Path = CHECKOUT) -> list[str]:
    """Fetch every package again by npm, copy its files and write the manifest.

    The archive of a version that stands in the manifest must have the integrity written there;
    with `latest` the newest version is taken instead. Returns one line per package.
    Raises VendorError when npm is missing or fails, or when an archive is not the one known.
    """
    manifest = read_manifest(checkout)
    lines = []
    for package in manifest["packages"]:
        with tempfile.TemporaryDirectory() as folder:
            wanted = "latest" if latest else package["version"]
            packed = _pack(f"{package['name']}@{wanted}", Path(folder))
            known = package.get("integrity")
            if not latest and known and packed["integrity"] != known:
                raise VendorError(f"{package['name']} {wanted} is not the archive known before")
            archive = Path(folder) / packed["filename"]
            if integrity(archive.read_bytes()) != packed["integrity"]:
                raise VendorError(f"{package['name']} {wanted} arrived damaged")
            package["version"] = packed["version"]
            package["integrity"] = packed["integrity"]
            _take(archive, package, checkout)
        lines.append(f"{package['name']} {package['version']}: {len(package['files'])} files")
    (checkout / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    return lines


def _pack(what: str, folder: Path) -> dict[str, Any]:
    npm = shutil.which("npm")
    if npm is None:
        raise VendorError("npm is not installed: refreshing needs it, running Amity does not")
    done = subprocess.run(  # noqa: S603 - the program is npm, the name is the manifest's
        [npm, "pack", "--json", "--pack-destination", str(folder), what],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise VendorError(f"npm pack {what} failed: {done.stderr.strip()[-300:]}")
    packed = json.loads(done.stdout)
    entries = packed if isinstance(packed, list) else list(packed.values())
    entry: dict[str, Any] = entries[0]
    return entry


def _take(archive: Path, package: dict[str, Any], checkout: Path) -> None:
    with tarfile.open(archive) as packed:
        for file in package["files"]:
            member = packed.extractfile(f"package/{file['from']}")
            if member is None:
                raise VendorError(f"{package['name']} has no file {file['from']}")
            content = member.read()
            target = checkout / file["to"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            file["integrity"] = integrity(content)
