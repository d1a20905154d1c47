"""Draw the land anew after its geometry was refreshed."""

from typing import Any

from django.core.management.base import BaseCommand

from amity.network.land import DRAWING, drawing


class Command(BaseCommand):
    help = "Draw the land of all maps from the vendored geometry."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the drawing."""
        DRAWING.write_text(drawing(), encoding="utf-8")
        self.stdout.write(f"{DRAWING.name}: {DRAWING.stat().st_size:,} bytes")
