"""Whom and which rooms the cells of a programme name; what is new among them, each once."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.desk.finding.choosing import Chooser
from amity.desk.pasting.columns import folded
from amity.foundation.words.characters import normal
from amity.gatherings.models import Gathering, Room
from amity.languages.text import Text
from amity.network.models import Person


@dataclass(slots=True)
class Named:
    """People and rooms by the words that name them in `language`.

    `people` who are in the programme, by every name they have here; `rooms` of the gathering in
    their order. `welcome`: names, folded, of people who are to be new. `new_people` and
    `new_rooms`: those that the cells bring.
    """

    gathering: Gathering
    chooser: Chooser
    language: str
    people: dict[str, list[Person]]
    rooms: list[Room]
    welcome: frozenset[str]
    new_people: dict[str, Person] = field(default_factory=dict)
    new_rooms: dict[str, Room] = field(default_factory=dict)
    asked: dict[str, Person | ValidationError] = field(default_factory=dict)

    def room(self, words: str) -> Room:
        """The room that is called so in any language; a new one where none is.

        Raises WordsError for words that no text holds.
        """
        words = normal(words)
        said = folded(words)
        for one in self.rooms:
            if said in map(folded, one.name.all_words()):
                return one
        if said not in self.new_rooms:
            last = max((one.position for one in self.rooms), default=0)
            self.new_rooms[said] = Room(
                dossier=self.gathering.dossier,
                gathering=self.gathering,
                name=Text.of(words, self.language),
                position=last + len(self.new_rooms) + 1,
            )
        return self.new_rooms[said]

    def person(self, words: str) -> Person:
        """The person whom the words name, or whose identifier they are.

        Raises ValidationError where they may be new, WordsError for words that no text holds.
        """
        words = normal(words)
        said = folded(words)
        known = {one.pk: one for one in self.people.get(said, ())}
        if len(known) == 1:
            return next(iter(known.values()))
        if said not in self.asked:
            try:
                self.asked[said] = self._asked(words)
            except ValidationError as error:
                self.asked[said] = error
        found = self.asked[said]
        if isinstance(found, Person):
            return found
        if said not in self.welcome:
            raise found
        person = Person(dossier=self.gathering.dossier, name=Text.of(words, self.language))
        return self.new_people.setdefault(said, person)

    def _asked(self, words: str) -> Person:
        """Ask the register. Raises ValidationError."""
        for key, name in ((words, ""), ("", words)):
            try:
                found = self.chooser.named("person", key, name)
            except ValidationError:
                continue
            if isinstance(found, Person):
                return found
        near = self.chooser.suggestions("person", words)
        if near:
            listed = ", ".join(one.key for one in near)
            said = _("Who is “%(words)s”? Write an identifier in place of the name: %(listed)s.")
            raise ValidationError(said % {"words": words, "listed": listed})
        said = _("Nothing that you may read is called “%(words)s”.")
        raise ValidationError(said % {"words": words})
