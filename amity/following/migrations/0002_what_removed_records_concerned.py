import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('following', '0001_follow_by_mail'),
        ('record', '0006_disputes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concerned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.entry', verbose_name='removed record')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.entry', verbose_name='what it concerned')),
            ],
            options={
                'verbose_name': 'what a removed record concerned',
                'verbose_name_plural': 'what removed records concerned',
                'constraints': [models.UniqueConstraint(fields=('entry', 'thing'), name='following_concerned_once')],
            },
        ),
    ]
