"""`amity serve`: the production server."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.foundation.database import schema
from amity.site.serving import server
from amity.site.serving.posting import posting


class Command(BaseCommand):
    help = "Serves Amity over HTTP until it is told to stop (SIGTERM); a proxy in front ends TLS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=server.port, default=8000)
        parser.add_argument(
            "--workers", type=server.few, default=settings.WORKERS, help="processes (AMITY_WORKERS)"
        )
        parser.add_argument(
            "--threads",
            type=server.few,
            default=settings.THREADS,
            help="threads in each process (AMITY_THREADS)",
        )

    def handle(
        self, *args: object, host: str, port: int, workers: int, threads: int, **options: object
    ) -> None:
        listening = server.Listening(host, port, workers, threads)
        if reason := server.why_not_bindable(listening.host, listening.port):
            raise CommandError(f"cannot listen at {listening.bind}: {reason}")
        if reason := schema.why_not_current():
            raise CommandError(reason)
        server.prepare_static()
        with posting():
            server.run(
                listening, lambda: self.stdout.write(f"Listening at http://{listening.bind}")
            )
