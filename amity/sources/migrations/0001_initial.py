import amity.foundation.dates.fields
import amity.languages.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('record', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('title', amity.languages.fields.TextColumn(verbose_name='what it is about')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('published', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='published')),
                ('note', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='note')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('translation_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='sources.article', verbose_name='translation of')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('quotation', models.CharField(blank=True, max_length=160, verbose_name='quotation')),
                ('span_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='starts at character')),
                ('span_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='ends at character')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='sources.article', verbose_name='article')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('property', models.SlugField(blank=True, db_index=False, max_length=60, verbose_name='property')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='value')),
                ('reading', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='as readers see it')),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='record.entry', verbose_name='about')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='sources.passage', verbose_name='passage')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'ordering': ['passage', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('agency', 'news agency'), ('newspaper', 'newspaper'), ('portal', 'news portal'), ('official', 'official publisher'), ('organization', 'organization')], max_length=20, verbose_name='kind')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
            },
        ),
        migrations.AddField(
            model_name='article',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='sources.source', verbose_name='source'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('span_end__isnull', True), ('span_start__isnull', True)), models.Q(('span_end__gt', models.F('span_start')), ('span_end__isnull', False), ('span_start__isnull', False)), _connector='OR'), name='sources_passage_span_in_order'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['property', 'about'], name='sources_claim_property'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('passage', 'about', 'property'), name='sources_claim_once_per_passage'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('property', ''), ('value', '')), models.Q(models.Q(('property', ''), _negated=True), models.Q(('value', ''), _negated=True)), _connector='OR'), name='sources_claim_value_with_property'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('translation_of__isnull', True), models.Q(('translation_of', models.F('id')), _negated=True), _connector='OR'), name='sources_article_not_its_own_translation'),
        ),
    ]
