"""`amity post`: sends letters, makes the night's copies and does chores, until stopped."""

import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from amity.foundation.chores import Round
from amity.foundation.copies.nightly import Nights
from amity.foundation.letters.posting import can_post, post_due

PAUSE = 2.0
"""Seconds between two looks into an empty outbox."""


class Command(BaseCommand):
    help = "Sends the letters that wait in the outbox, makes each night's copy and does chores."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="send the letters that are due, and end"
        )
        parser.add_argument(
            "--with-server", action="store_true", help="end when the server that started it is gone"
        )

    def handle(self, *args: object, once: bool, with_server: bool, **options: object) -> None:
        server = os.getppid()
        if not can_post():
            self.stderr.write("No mail server is configured (AMITY_MAIL_URL): letters wait.")
        if settings.BACKUPS_DIR is None and not once:
            self.stderr.write("No folder is configured for copies (AMITY_BACKUPS_DIR).")
        nights, chores = Nights(), Round()
        while not with_server or os.getppid() == server:
            if not once:
                close_old_connections()  # one that stayed open too long is of no use
            posted = self._round()
            if once:
                if posted == 0:
                    self._do(chores)
                    return
                continue
            self._do(chores)  # however many letters wait: what is due at an hour does not wait
            self._copy(nights)
            if posted == 0:
                time.sleep(PAUSE)

    def _copy(self, nights: Nights) -> None:
        try:
            done = nights.round(timezone.now())
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {error}")
            return
        if done:
            self.stdout.write(done)

    def _do(self, chores: Round) -> None:
        try:
            for words in chores.go(timezone.now()):
                self.stdout.write(words)
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {error}")

    def _round(self) -> int:
        try:
            posted = post_due()
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {error}")
            return 0
        if posted.sent or posted.failed:
            self.stdout.write(f"{posted.sent} sent, {posted.failed} failed")
        return posted.sent
