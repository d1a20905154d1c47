
from django.conf import settings
from django.db import migrations, models

from amity.languages.listing import place

AT_A_TIME = 1_000


def place_what_is_there(apps, schema_editor):
    """Give every name that is recorded already its places."""
    places = apps.get_model("network", "NamePlace").objects
    for kind in ("area", "organization", "person"):
        model = apps.get_model("network", kind)
        own = ["kind"] if kind != "person" else []
        rows = model.objects.order_by("pk").values_list("pk", "name", *own)
        for pk, name, *narrower in rows.iterator(AT_A_TIME):
            places.bulk_create(
                places.model(
                    kind=kind,
                    record=pk,
                    language=language,
                    narrower="".join(narrower),
                    place=place(name, language),
                )
                for language, _ in settings.LANGUAGES
            )


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('record', models.BigIntegerField(verbose_name='record')),
                ('narrower', models.CharField(blank=True, max_length=20, verbose_name='narrower kind')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('place', models.BinaryField(verbose_name='sort key')),
            ],
            options={
                'verbose_name': 'place in the alphabet',
                'verbose_name_plural': 'places in the alphabet',
                'indexes': [models.Index(fields=['kind', 'language', 'place', 'record'], name='network_place_of_all'), models.Index(fields=['kind', 'language', 'narrower', 'place', 'record'], name='network_place_of_narrower')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'record', 'language'), name='network_one_place_per_language')],
            },
        ),
        migrations.RemoveIndex(
            model_name='area',
            name='network_area_country',
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['country_code', 'kind', 'latitude', 'longitude'], name='network_area_country_places'),
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['kind', 'country_code'], name='network_area_kind'),
        ),
        migrations.RunPython(place_what_is_there, migrations.RunPython.noop),
    ]
