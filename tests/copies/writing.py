"""An office that writes without pause: `python -m tests.copies.writing`, until it is told to stop.

Says the number of each change, in a line, when it has been acknowledged.
"""

import io
from itertools import count

import django


def main() -> None:
    """Make people and pictures, change and remove them, and say so."""
    from PIL import Image

    from amity.accounts.queries import acting_by_command
    from amity.languages.text import Text
    from amity.network.models import Office, Person
    from amity.record.actions import remove, save
    from amity.record.models import Dossier, Picture
    from amity.record.pictures import media
    from bench.one_office import prepare

    if not Dossier.objects.exists():
        prepare()
    office = Office.objects.select_related("organization").get()
    acting, dossier = acting_by_command("drill", office), Dossier.objects.get()
    for number in count():
        person = Person(dossier=dossier, key=f"p-{number}", name=Text.of(f"Người {number}", "vi"))
        say(save(acting, person).pk)
        stream = io.BytesIO()
        Image.new("RGB", (8, 8), (number % 256, number // 256, 0)).save(stream, "PNG")
        measured = media.measure(stream.getvalue())
        media.keep(stream.getvalue(), media.name_of(measured.sha256, measured.media_type))
        picture = Picture(
            dossier=dossier,
            key=f"picture-{number}",
            sha256=measured.sha256,
            media_type=measured.media_type,
            width=measured.width,
            height=measured.height,
            alt=Text.of("A\tcolour,\n\\N a line end", "en"),
            licence="CC0-1.0",
        )
        say(save(acting, picture).pk)
        person.name = Text.of(f"Changed {number}", "en")
        say(save(acting, person).pk)
        if number % 3 == 0:
            say(remove(acting, person, "Called off").pk)


def say(number: int) -> None:
    """Tell that a change has been acknowledged."""
    print(number, flush=True)  # noqa: T201 - to whoever started this


if __name__ == "__main__":
    django.setup()
    main()
