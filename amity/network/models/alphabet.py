from django.db import models
from django.utils.translation import gettext_lazy as _


class NamePlace(models.Model):
    """Where the name of a record stands in the alphabet of one of the interface's languages.

    Derived from the name (see `network.actions.derive_places`). `record` is the primary key of
    the area, organization or person, and `narrower` its own kind where it has one. `place` sorts
    byte by byte, so that both databases and all their locales sort it alike. `letter` is the one
    under which it stands.
    """

    kind = models.CharField(_("kind"), max_length=20)
    record = models.BigIntegerField(_("record"))
    narrower = models.CharField(_("narrower kind"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10)
    place = models.BinaryField(_("sort key"))
    letter = models.CharField(_("letter"), max_length=4, default="#")

    class Meta:
        verbose_name = _("place in the alphabet")
        verbose_name_plural = _("places in the alphabet")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "language"], name="network_one_place_per_language"
            )
        ]
        indexes = [
            models.Index(
                fields=["kind", "language", "place", "record"], name="network_place_of_all"
            ),
            models.Index(fields=["kind", "language", "narrower", "letter"], name="network_letters"),
            models.Index(
                fields=["kind", "language", "narrower", "place", "record"],
                name="network_place_of_narrower",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} {self.language}"
