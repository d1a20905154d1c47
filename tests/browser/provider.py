"""A small provider of identities on this computer, as a city has one: OpenID Connect's code flow.

Whoever comes is Duarte Maresia, and is let go on at once.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "amity", "not much of a secret, and long enough for a signature"


class _Answers(BaseHTTPRequestHandler):
    """What the provider answers; `server` knows the port, and so the issuer."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: one[0] for name, one in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            ends = {f"{one}_endpoint": f"{self.issuer}/{one}" for one in names}
            self._say({"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **ends})
        elif asked.path == "/authorization":  # another host, as of a city that leads on
            self._lead(f"http://localhost:{self.server.server_port}/form?{asked.query}")  # type: ignore[attr-defined]
        elif asked.path == "/form":
            back = urlencode({"code": "code", "state": query["state"]})
            self._lead(f"{query['redirect_uri']}?{back}")
        elif asked.path == "/userinfo":
            address = "duarte@porto-claro.invalid"
            self._say({"sub": "7", "email": address, "email_verified": True})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "exp": time.time() + 60}
        self._say({"access_token": "access", "id_token": jwt.encode(claims, SECRET)})

    def _say(self, what: dict[str, str | bool]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _lead(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing is told to the terminal."""


@contextmanager
def provider() -> Iterator[str]:
    """Serve it; gives the address by which an installation is told of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    secret = SECRET.replace(" ", "%20")
    yield f"http://{CLIENT}:{secret}@127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
