import amity.languages.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('fictional', models.BooleanField(default=False, verbose_name='fictional')),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('key', models.CharField(max_length=80, verbose_name='identifier')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('page_kind', models.CharField(blank=True, max_length=40, verbose_name='kind of its page')),
                ('page_key', models.CharField(blank=True, max_length=80, verbose_name='identifier of its page')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'register entry',
                'verbose_name_plural': 'register entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='record_entry_kind_key')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='hash')),
                ('media_type', models.CharField(max_length=40, verbose_name='media type')),
                ('width', models.PositiveIntegerField(verbose_name='width in pixels')),
                ('height', models.PositiveIntegerField(verbose_name='height in pixels')),
                ('alt', amity.languages.fields.TextColumn(verbose_name='description for those who cannot see it')),
                ('credit', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='credit')),
                ('licence', models.CharField(max_length=120, verbose_name='licence')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'constraints': [models.CheckConstraint(condition=models.Q(('width__gt', 0), ('height__gt', 0)), name='record_picture_has_size')],
            },
        ),
    ]
