import amity.foundation.dates.fields
import amity.languages.fields
import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('record', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('forum', 'forum'), ('meeting', 'meeting'), ('visit', 'visit'), ('signing', 'signing'), ('exhibition', 'exhibition')], max_length=20, verbose_name='kind')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='edition')),
                ('status', models.CharField(choices=[('announced', 'announced'), ('held', 'held'), ('closed', 'closed'), ('postponed', 'postponed'), ('cancelled', 'called off')], max_length=20, verbose_name='status')),
                ('when', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='when')),
                ('starts_on', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('start', 'when'), output_field=models.CharField(max_length=10))),
                ('ends_on', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('end', 'when'), output_field=models.CharField(max_length=10))),
                ('timezone', models.CharField(max_length=64, verbose_name='time zone')),
                ('venue', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='venue')),
                ('occasion', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='occasion')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='working languages')),
                ('agreements', models.ManyToManyField(blank=True, related_name='gatherings', to='network.agreement', verbose_name='agreements')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='network.partnership', verbose_name='partnership')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.picture', verbose_name='picture')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='network.area', verbose_name='place')),
                ('themes', models.ManyToManyField(blank=True, related_name='+', to='network.theme', verbose_name='themes')),
                ('within', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='gatherings.gathering', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'gathering',
                'verbose_name_plural': 'gatherings',
            },
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('text', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='text')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panels', to='gatherings.gathering', verbose_name='exhibition')),
            ],
            options={
                'verbose_name': 'panel',
                'verbose_name_plural': 'panels',
                'ordering': ['exhibition', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('role', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='as')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='gatherings.gathering', verbose_name='gathering')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='took_part', to='network.person', verbose_name='person')),
                ('side', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.side', verbose_name='side')),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'participants',
                'ordering': ['gathering', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='seats')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='gatherings.gathering', verbose_name='gathering')),
            ],
            options={
                'verbose_name': 'room',
                'verbose_name_plural': 'rooms',
                'ordering': ['gathering', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('every', models.CharField(blank=True, max_length=20, verbose_name='every')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='network.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
            },
        ),
        migrations.AddField(
            model_name='gathering',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='gatherings.series', verbose_name='series'),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('plenary', 'plenary'), ('seminar', 'seminar'), ('round_table', 'round table'), ('business', 'business meetings'), ('culture', 'cultural programme'), ('closing', 'closing'), ('break', 'break')], max_length=20, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('when', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='when')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='working languages')),
                ('chairs', models.ManyToManyField(blank=True, related_name='chaired', to='network.person', verbose_name='chairs')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='gatherings.gathering', verbose_name='gathering')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='gatherings.room', verbose_name='room')),
                ('themes', models.ManyToManyField(blank=True, related_name='+', to='network.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('presentation', 'presentation'), ('speech', 'speech'), ('discussion', 'panel discussion'), ('performance', 'performance')], max_length=20, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('abstract', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='abstract')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='given in')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='gatherings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('role', models.CharField(choices=[('speaker', 'speaker'), ('moderator', 'moderator'), ('panellist', 'panellist')], default='speaker', max_length=20, verbose_name='role')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='gatherings.contribution', verbose_name='contribution')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='speaks', to='network.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
                'ordering': ['contribution', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('remark', 'remark'), ('assessment', 'assessment'), ('thanks', 'thanks'), ('wish', 'wish'), ('request', 'request'), ('recommendation', 'recommendation'), ('proposal', 'proposal'), ('assurance', 'assurance'), ('commitment', 'commitment'), ('position', 'joint position'), ('announcement', 'announcement')], max_length=20, verbose_name='kind')),
                ('text', amity.languages.fields.TextColumn(verbose_name='what was said')),
                ('occasion', models.CharField(choices=[('speech', 'speech'), ('interview', 'interview'), ('talks', 'talks'), ('document', 'document'), ('account', 'reported by the press')], max_length=20, verbose_name='occasion')),
                ('when', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='when')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='gatherings.gathering', verbose_name='gathering')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='network.person', verbose_name='person')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='statements', to='gatherings.session', verbose_name='session')),
                ('side', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='network.side', verbose_name='side')),
                ('themes', models.ManyToManyField(blank=True, related_name='+', to='network.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('kind', models.CharField(choices=[('photo', 'photograph'), ('sketch', 'sketch'), ('painting', 'painting'), ('object', 'object')], max_length=20, verbose_name='kind')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('caption', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='caption')),
                ('made', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='made')),
                ('creator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='network.person', verbose_name='made by')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='works', to='gatherings.gathering', verbose_name='exhibition')),
                ('panel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='works', to='gatherings.panel', verbose_name='panel')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'work',
                'verbose_name_plural': 'works',
                'ordering': ['exhibition', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Organizer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('role', models.CharField(choices=[('organizer', 'organizer'), ('co_organizer', 'co-organizer'), ('host', 'host'), ('partner', 'partner')], max_length=20, verbose_name='role')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organizers', to='gatherings.gathering', verbose_name='gathering')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organized', to='network.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'organizer',
                'verbose_name_plural': 'organizers',
                'ordering': ['gathering', 'position'],
                'constraints': [models.UniqueConstraint(fields=('gathering', 'organization'), name='gatherings_organizer_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='panel',
            constraint=models.UniqueConstraint(fields=('exhibition', 'number'), name='gatherings_panel_number_once'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('gathering', 'person'), name='gatherings_participant_once'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['starts_on', 'key'], name='gatherings_starts_on'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.UniqueConstraint(fields=('series', 'number'), name='gatherings_edition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(('number__isnull', True), models.Q(('number__gte', 1), ('series__isnull', False)), _connector='OR'), name='gatherings_number_within_series'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(('within__isnull', True), models.Q(('within', models.F('id')), _negated=True), _connector='OR'), name='gatherings_not_its_own_part'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['gathering', 'starts_at', 'position'], name='gatherings_session_order'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='gatherings_session_times'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['session', 'position'], name='gatherings_contribution_order'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='gatherings_contribution_times'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(fields=('contribution', 'person'), name='gatherings_speaker_once'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organization__isnull', False), ('side__isnull', False), ('gathering__isnull', False), _connector='OR'), name='gatherings_statement_by_someone'),
        ),
    ]
