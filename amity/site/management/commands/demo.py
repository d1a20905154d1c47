"""`amity demo`: the demonstration record, served on this computer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.site.serving import demonstration, newcomers, server


class Command(BaseCommand):
    help = "Loads the demonstration dossiers into a database of their own and serves the record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=server.port, default=8000)

    def handle(self, *args: object, host: str, port: int, **options: object) -> None:
        listening = server.Listening(host, port, workers=1, threads=4)
        if reason := server.why_not_bindable(listening.host, listening.port):
            raise CommandError(
                f"cannot listen at {listening.bind}: {reason}; another port: --port 8123"
            )
        if not getattr(settings, "DEMONSTRATION", False):
            raise CommandError(
                "these are no settings of a demonstration; run it without DJANGO_SETTINGS_MODULE"
            )
        demonstration.prepare(self._say)
        newcomers.prepare()
        self._say("Starting the server")
        server.prepare_static()
        server.run(listening, self._say_where)

    def _say_where(self) -> None:
        first, second = newcomers.addresses()
        self._say(f"Amity is at {settings.BASE_URL} (stop it with Ctrl-C)")
        self._say(f"Its desk, as an officer of Lindholm: {first}")
        self._say(f"and, in another browser, as one of Porto Claro: {second}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
