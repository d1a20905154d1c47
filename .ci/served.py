"""Starts a server, reads its pages in every language as a stranger would, and stops it.

    served.py PORT -- COMMAND ...      (PORT is appended to the command)

Fails when the server does not come up within two minutes, when the root does not lead to the
reader's language, when a page that the home page links to is missing or is in another language
than its address says, or when the server does not stop cleanly on SIGTERM within 30 seconds.
Uses the standard library alone.
"""

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

LANGUAGES = ("vi", "ru", "fr", "id", "en")
PAGES_PER_LANGUAGE = 30
START, STOP = 120, 30


def fetch(url: str, **headers: str) -> tuple[int, str, str]:
    """Status, final address and words of a page; an error status is an answer too."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.url, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, url, error.read().decode(errors="replace")


def wait_until_ready(base: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server says that it is ready; stop the program when it never does."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(f"the server ended at once with exit code {server.returncode}")
        try:
            if fetch(f"{base}/readyz")[0] == 200:
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.3)
    sys.exit(f"the server was not ready within {START} s")


def read_pages(base: str) -> int:
    """Read the home page and what it links to in each language; return how many pages."""
    count = 0
    for language in LANGUAGES:
        status, url, home = fetch(f"{base}/", **{"Accept-Language": language})
        if (status, url) != (200, f"{base}/{language}/"):
            sys.exit(f"a reader of {language} is sent to {url} with {status}")
        inside = dict.fromkeys(re.findall(rf'href="(/{language}/[^"#?]*)', home))
        pages = [path for path in inside if path.endswith("/")]
        if len(pages) < 5:
            sys.exit(f"the home page in {language} links to {len(pages)} pages")
        for path in pages[:PAGES_PER_LANGUAGE]:
            status, _, page = fetch(base + path)
            if status != 200 or f'<html lang="{language}"' not in page:
                sys.exit(f"{path} answers {status}, or not in {language}")
            count += 1
        for path in set(re.findall(r'(?:href|src)="(/static/[^"]*)', home)):
            if fetch(base + path)[0] != 200:
                sys.exit(f"{path} is missing")
    return count


def main() -> None:
    """Start, read, stop."""
    port, command = sys.argv[1], sys.argv[3:]
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen([*command, port]) as server:
        try:
            wait_until_ready(base, server)
            count = read_pages(base)
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=STOP)
        finally:
            server.kill()
    if code != 0:
        sys.exit(f"told to stop, the server ended with exit code {code}")
    sys.stdout.write(f"{count} pages read in {len(LANGUAGES)} languages; stopped cleanly\n")


if __name__ == "__main__":
    main()
