import amity.foundation.dates.fields
import amity.languages.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('gatherings', '0001_initial'),
        ('network', '0001_initial'),
        ('record', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='gatherings.gathering', verbose_name='gathering')),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person', verbose_name='head of delegation')),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.side', verbose_name='side')),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name', amity.languages.fields.TextColumn(verbose_name='name')),
                ('preliminary', models.BooleanField(default=True, verbose_name='preliminary')),
                ('quota', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('announced', amity.foundation.dates.fields.DateAsSaidColumn(blank=True, null=True, verbose_name='announced')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='gatherings.gathering', verbose_name='gathering')),
                ('side', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.side', verbose_name='side')),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'ordering': ['gathering', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='identifier')),
                ('role', amity.languages.fields.TextColumn(blank=True, null=True, verbose_name='role')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.dossier', verbose_name='dossier')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization', verbose_name='organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to='network.person', verbose_name='person')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegates', to='delegations.delegation', verbose_name='delegation')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='delegates', to='delegations.group', verbose_name='group')),
            ],
            options={
                'verbose_name': 'delegate',
                'verbose_name_plural': 'delegates',
            },
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(fields=('gathering', 'side'), name='delegations_one_per_side'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('quota__isnull', True), ('quota__gte', 1), _connector='OR'), name='delegations_group_quota'),
        ),
        migrations.AddConstraint(
            model_name='delegate',
            constraint=models.UniqueConstraint(fields=('delegation', 'person'), name='delegations_delegate_once'),
        ),
    ]
