"""`amity post`: sends the letters of the outbox, until it is stopped."""

import os
import time

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from amity.foundation.letters.posting import can_post, post_due

PAUSE = 2.0
"""Seconds between two looks into an empty outbox."""


class Command(BaseCommand):
    help = "Sends the letters that wait in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")
        parser.add_argument(
            "--with-server", action="store_true", help="end when the server that started it is gone"
        )

    def handle(self, *args: object, once: bool, with_server: bool, **options: object) -> None:
        server = os.getppid()
        if not can_post():
            self.stderr.write("No mail server is configured (AMITY_MAIL_URL): letters wait.")
        while not with_server or os.getppid() == server:
            posted = self._round()
            if posted == 0:
                if once:
                    return
                time.sleep(PAUSE)

    def _round(self) -> int:
        close_old_connections()
        try:
            posted = post_due()
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {error}")
            return 0
        if posted.sent or posted.failed:
            self.stdout.write(f"{posted.sent} sent, {posted.failed} failed")
        return posted.sent
