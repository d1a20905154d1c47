from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0002_commitment_made_on'),
        ('gatherings', '0001_initial'),
        ('network', '0002_places_in_the_alphabet'),
        ('record', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['joint_state', 'joint_completion', 'dossier', 'open', 'due_on'], name='followup_commitment_tally'),
        ),
    ]
