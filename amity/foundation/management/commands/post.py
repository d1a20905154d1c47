"""`amity post`: sends letters, makes the night's copies and does chores, until stopped."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

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
        if once:
            self._once()
            return
        nights, chores = Nights(), Round(outward=False)
        with self._outward():
            while not with_server or os.getppid() == server:
                close_old_connections()  # one that stayed open too long is of no use
                posted = self._round()
                self._do(chores)  # however many letters wait: what is due at an hour does not wait
                self._copy(nights)
                if posted == 0:
                    time.sleep(PAUSE)

    def _once(self) -> None:
        while self._round():
            pass
        self._do(Round())

    @contextmanager
    def _outward(self) -> Iterator[None]:
        """Do beside the letters what waits for computers of others.

        What is under way when the process ends is taken up again when its lease has run out.
        """
        over = Event()
        Thread(target=self._do_outward, args=(over,), name="outward", daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _do_outward(self, over: Event) -> None:
        chores = Round(outward=True)
        while not over.is_set():
            close_old_connections()
            self._do(chores)
            over.wait(PAUSE)

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
