import amity.foundation.dates.fields
import amity.languages.fields
import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('gatherings', '0001_initial'),
        ('network', '0001_initial'),
        ('record', '0001_initial'),
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('commitment', 'commitment'), ('assurance', 'assurance'), ('position', 'joint position')], max_length=20, verbose_name='kind')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('text', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='text')),
                ('grade', models.CharField(blank=True, choices=[('ask_to_consider', 'will ask others to consider'), ('consider', 'will consider'), ('intend', 'intends to'), ('will', 'will')], max_length=20, verbose_name='grade')),
                ('grade_words', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='grade, as said')),
                ('made', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='made')),
                ('deadline', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='deadline')),
                ('joint_state', models.CharField(choices=[('silent', 'no report yet'), ('one_sided', 'reported by one side only'), ('differ', 'sides differ'), ('confirmed', 'confirmed by both sides')], default='silent', editable=False, max_length=20, verbose_name='joint state')),
                ('joint_completion', models.CharField(blank=True, choices=[('not_started', 'not started'), ('limited', 'limited'), ('substantial', 'substantial'), ('complete', 'complete'), ('unclear', 'unclear'), ('withdrawn', 'withdrawn')], editable=False, max_length=20, verbose_name='joint completion')),
                ('due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next due')),
                ('open', models.BooleanField(default=True, editable=False, verbose_name='open')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='gatherings.gathering', verbose_name='gathering')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='commitments', to='gatherings.session', verbose_name='session')),
                ('statements', models.ManyToManyField(blank=True, related_name='commitments', to='gatherings.statement', verbose_name='said in')),
                ('themes', models.ManyToManyField(blank=True, related_name='commitments', to='network.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('proposal', 'proposal'), ('request', 'request'), ('recommendation', 'recommendation'), ('wish', 'wish')], max_length=20, verbose_name='kind')),
                ('title', amity.languages.fields.TextColumn(verbose_name='title')),
                ('text', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='text')),
                ('proposer_words', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='proposed by, as said')),
                ('addressee_words', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='addressed to, as said')),
                ('made', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='made')),
                ('standing', models.CharField(choices=[('unanswered', 'unanswered'), ('partly_answered', 'answered by some'), ('supported', 'supported'), ('in_part', 'supported in part'), ('noted', 'noted'), ('declined', 'declined'), ('differ', 'sides differ')], default='unanswered', editable=False, max_length=20, verbose_name='standing')),
                ('addressees', models.ManyToManyField(blank=True, related_name='asked', to='network.side', verbose_name='addressed to')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='gatherings.gathering', verbose_name='gathering')),
                ('proposer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='network.person', verbose_name='proposed by')),
                ('proposer_organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='network.organization', verbose_name='proposing organization')),
                ('proposer_side', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed', to='network.side', verbose_name='proposing side')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='gatherings.session', verbose_name='session')),
                ('statements', models.ManyToManyField(blank=True, related_name='proposals', to='gatherings.statement', verbose_name='said in')),
                ('themes', models.ManyToManyField(blank=True, related_name='proposals', to='network.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
            },
        ),
        migrations.CreateModel(
            name='Disposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('outcome', models.CharField(choices=[('completed', 'completed'), ('carried', 'carried into the next edition'), ('split', 'split'), ('merged', 'merged'), ('replaced', 'replaced'), ('dropped', 'dropped')], max_length=20, verbose_name='outcome')),
                ('reason', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='reason')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='followup.commitment', verbose_name='commitment')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='gatherings.gathering', verbose_name='edition that was closed')),
                ('into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_in', to='gatherings.gathering', verbose_name='carried into')),
                ('successor_commitments', models.ManyToManyField(blank=True, related_name='precursors', to='followup.commitment', verbose_name='commitments after it')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='followup.proposal', verbose_name='proposal')),
                ('successor_proposals', models.ManyToManyField(blank=True, related_name='precursors', to='followup.proposal', verbose_name='proposals after it')),
            ],
            options={
                'verbose_name': 'disposition',
                'verbose_name_plural': 'dispositions',
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='proposals',
            field=models.ManyToManyField(blank=True, related_name='commitments', to='followup.proposal', verbose_name='answers the proposals'),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('verdict', models.CharField(choices=[('supported', 'supported'), ('in_part', 'supported in part'), ('noted', 'noted'), ('declined', 'declined')], max_length=20, verbose_name='answer')),
                ('reasons', amity.languages.fields.TextColumn(verbose_name='reasons')),
                ('given', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='given')),
                ('given_on', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('end', 'given'), output_field=models.CharField(max_length=10))),
                ('alternative', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='alternative')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='network.side', verbose_name='side')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='followup.proposal', verbose_name='proposal')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
            },
        ),
        migrations.CreateModel(
            name='Alternative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('text', amity.languages.fields.TextColumn(verbose_name='text')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alternatives', to='followup.proposal', verbose_name='proposal')),
            ],
            options={
                'verbose_name': 'alternative',
                'verbose_name_plural': 'alternatives',
                'ordering': ['proposal', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('period', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='period')),
                ('completion', models.CharField(choices=[('not_started', 'not started'), ('limited', 'limited'), ('substantial', 'substantial'), ('complete', 'complete'), ('unclear', 'unclear'), ('withdrawn', 'withdrawn')], max_length=20, verbose_name='completion')),
                ('text', amity.languages.fields.TextColumn(verbose_name='text')),
                ('obstacles', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='obstacles')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('accepted', 'accepted'), ('returned', 'returned')], max_length=20, verbose_name='state')),
                ('submitted_on', models.DateField(blank=True, null=True, verbose_name='submitted on')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='accepted on')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='followup.commitment', verbose_name='commitment')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='network.side', verbose_name='side')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('label', amity.languages.fields.TextColumn(verbose_name='label')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.article', verbose_name='article')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='followup.report', verbose_name='report')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['report', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                ('verifiable', models.BooleanField(verbose_name='verifiable')),
                ('ambition', models.CharField(choices=[('unclear', 'unclear'), ('modest', 'modest'), ('substantial', 'substantial')], max_length=20, verbose_name='ambition')),
                ('completion', models.CharField(choices=[('not_started', 'not started'), ('limited', 'limited'), ('substantial', 'substantial'), ('complete', 'complete'), ('unclear', 'unclear'), ('withdrawn', 'withdrawn')], max_length=20, verbose_name='completion')),
                ('early_results', models.CharField(choices=[('none', 'no notable results'), ('moderate', 'moderate results'), ('significant', 'significant results')], max_length=20, verbose_name='early results')),
                ('text', amity.languages.fields.TextColumn(verbose_name='text')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='followup.commitment', verbose_name='commitment')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='network.organization', verbose_name='organization')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='network.person', verbose_name='reviewer')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('role', models.CharField(choices=[('holder', 'holder'), ('counterpart', 'counterpart')], max_length=20, verbose_name='role')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='followup.commitment', verbose_name='commitment')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='network.organization', verbose_name='organization')),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='network.side', verbose_name='side')),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'ordering': ['commitment', 'position'],
                'indexes': [models.Index(fields=['side', 'role', 'commitment'], name='followup_party_side')],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'side'), name='followup_party_once')],
            },
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['standing', 'key'], name='followup_proposal_standing'),
        ),
        migrations.AddIndex(
            model_name='disposition',
            index=models.Index(fields=['-decided_on', 'key'], name='followup_disposition_last'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', False), ('proposal__isnull', True)), models.Q(('commitment__isnull', True), ('proposal__isnull', False)), _connector='OR'), name='followup_disposition_of_one_item'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'dropped'), _negated=True), ('reason__isnull', False), _connector='OR'), name='followup_dropped_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('into__isnull', False), ('outcome', 'carried')), models.Q(models.Q(('outcome', 'carried'), _negated=True), ('into__isnull', True)), _connector='OR'), name='followup_carried_into_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.UniqueConstraint(fields=('gathering', 'proposal'), name='followup_disposition_proposal_once'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.UniqueConstraint(fields=('gathering', 'commitment'), name='followup_disposition_commitment_once'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['joint_state', 'joint_completion', 'key'], name='followup_commitment_state'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('open', True)), fields=['due_on', 'key'], name='followup_commitment_due'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'assurance'), _negated=True), models.Q(('grade', ''), _negated=True), _connector='OR'), name='followup_assurance_has_grade'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joint_state', 'confirmed'), models.Q(('joint_completion', ''), _negated=True)), models.Q(models.Q(('joint_state', 'confirmed'), _negated=True), ('joint_completion', '')), _connector='OR'), name='followup_completion_only_when_confirmed'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(models.OrderBy(models.F('given_on'), descending=True), models.F('key'), name='followup_answer_last'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('proposal', 'side'), name='followup_answer_per_side'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('alternative__isnull', True), ('alternative__gte', 1), _connector='OR'), name='followup_answer_alternative_from_one'),
        ),
        migrations.AddConstraint(
            model_name='alternative',
            constraint=models.UniqueConstraint(fields=('proposal', 'position'), name='followup_alternative_position_once'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['commitment', 'side', 'accepted_on'], name='followup_report_latest'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['-accepted_on', 'key'], name='followup_report_last'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_on__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_on__isnull', True)), _connector='OR'), name='followup_report_accepted_on'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('submitted_on__isnull', False), _connector='OR'), name='followup_report_submitted_on'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['-reviewed_on', 'key'], name='followup_review_last'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', False), ('organization__isnull', False), _connector='OR'), name='followup_review_by_someone'),
        ),
    ]
