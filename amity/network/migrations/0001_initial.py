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
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('country', 'country'), ('province', 'province'), ('city', 'city')], max_length=20, verbose_name='kind')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('other_names', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ('country_code', models.CharField(blank=True, max_length=2, verbose_name='country (ISO 3166-1)')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('geonames_id', models.PositiveIntegerField(blank=True, null=True, unique=True, verbose_name='GeoNames')),
                ('wikidata_id', models.CharField(blank=True, max_length=20, verbose_name='Wikidata')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='network.area', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('friendship_union', 'friendship union'), ('association', 'association'), ('authority', 'authority'), ('ministry', 'ministry'), ('government', 'government'), ('party', 'political organization'), ('youth', 'youth organization'), ('foundation', 'foundation'), ('company', 'company'), ('university', 'university or research institute'), ('culture', 'cultural institution'), ('other', 'organization')], max_length=30, verbose_name='kind')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('other_names', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('founded', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='founded')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organizations', to='network.area', verbose_name='area')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='network.organization', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('relations', 'diplomatic relations'), ('strategic', 'strategic partnership'), ('committee', 'intergovernmental committee'), ('twinning', 'twinning'), ('friendship', 'friendship'), ('programme', 'programme')], max_length=20, verbose_name='kind')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('stage', models.CharField(blank=True, choices=[('contact', 'contact'), ('friendship', 'friendship'), ('twinning', 'twinning'), ('active', 'active'), ('dormant', 'dormant'), ('ended', 'ended')], editable=False, max_length=20, verbose_name='stage')),
                ('pair', models.CharField(blank=True, editable=False, max_length=5, verbose_name='pair of countries')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='network.partnership', verbose_name='within')),
            ],
            options={
                'verbose_name': 'partnership',
                'verbose_name_plural': 'partnerships',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('measure', models.SlugField(db_index=False, max_length=60, verbose_name='measure')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='value')),
                ('unit', models.CharField(max_length=20, verbose_name='unit')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('approximate', models.BooleanField(default=False, verbose_name='approximate')),
                ('note', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='note')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='network.area', verbose_name='area')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='network.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('twinning', 'twinning agreement'), ('cooperation', 'cooperation agreement'), ('memorandum', 'memorandum of understanding'), ('programme', 'programme of cooperation'), ('free_trade', 'free-trade agreement'), ('treaty', 'treaty'), ('unclear', 'instrument not clearly described')], max_length=20, verbose_name='kind')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('status', models.CharField(choices=[('announced', 'announced'), ('signed', 'signed'), ('in_force', 'in force'), ('expired', 'expired'), ('ended', 'ended'), ('unstated', 'status not stated')], max_length=20, verbose_name='status')),
                ('signed', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='signed')),
                ('valid', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='valid')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='equally authentic texts')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area', verbose_name='place')),
                ('partnerships', models.ManyToManyField(blank=True, related_name='agreements', to='network.partnership', verbose_name='partnerships')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
            },
        ),
        migrations.CreateModel(
            name='PartnershipStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('stage', models.CharField(choices=[('contact', 'contact'), ('friendship', 'friendship'), ('twinning', 'twinning'), ('active', 'active'), ('dormant', 'dormant'), ('ended', 'ended')], max_length=20, verbose_name='stage')),
                ('when', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='when')),
                ('note', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='note')),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='network.agreement', verbose_name='agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='network.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'stage of a partnership',
                'verbose_name_plural': 'stages of partnerships',
                'ordering': ['partnership', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('other_names', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ('summary', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='summary')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'persons',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('title', amity.languages.fields.TextColumn(verbose_name='post')),
                ('when', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='in office')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='network.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.CreateModel(
            name='Side',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='network.area', verbose_name='area')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organizations', models.ManyToManyField(blank=True, related_name='sides', to='network.organization', verbose_name='organizations')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='network.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'side',
                'verbose_name_plural': 'sides',
                'ordering': ['partnership', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='network.agreement', verbose_name='agreement')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area', verbose_name='area')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='network.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'signatory',
                'verbose_name_plural': 'signatories',
                'ordering': ['agreement', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
            },
        ),
        migrations.AddField(
            model_name='partnership',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='+', to='network.theme', verbose_name='themes'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='scopes',
            field=models.ManyToManyField(blank=True, related_name='+', to='network.theme', verbose_name='scopes'),
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['country_code', 'kind'], name='network_area_country'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__gte', -90), ('latitude__isnull', False), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__isnull', False), ('longitude__lte', 180)), _connector='OR'), name='network_area_position_whole'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='network_area_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(condition=models.Q(('wikidata_id', ''), _negated=True), fields=('wikidata_id',), name='network_area_wikidata_once'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='network_organization_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', False), ('partnership__isnull', True)), models.Q(('area__isnull', True), ('partnership__isnull', False)), _connector='OR'), name='network_indicator_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1000), ('year__lte', 2999)), name='network_indicator_year'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('partnership', 'measure', 'year'), name='network_indicator_partnership_year'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('area', 'measure', 'year'), name='network_indicator_area_year'),
        ),
        migrations.AddConstraint(
            model_name='partnershipstage',
            constraint=models.UniqueConstraint(fields=('partnership', 'position'), name='network_stage_position_once'),
        ),
        migrations.AddConstraint(
            model_name='side',
            constraint=models.UniqueConstraint(fields=('partnership', 'area'), name='network_side_area_once'),
        ),
        migrations.AddConstraint(
            model_name='side',
            constraint=models.UniqueConstraint(fields=('partnership', 'position'), name='network_side_position_once'),
        ),
        migrations.AddConstraint(
            model_name='side',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='network_side_from_one'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(fields=('agreement', 'position'), name='network_signatory_position_once'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(('area__isnull', False), ('organization__isnull', False), ('person__isnull', False), _connector='OR'), name='network_signatory_names_someone'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['kind', 'stage', 'key'], name='network_partnership_kind'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['stage', 'key'], name='network_partnership_stage'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['kind', 'stage', 'pair'], name='network_partnership_pair'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='network_partnership_not_its_own_part'),
        ),
    ]
