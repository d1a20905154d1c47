from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
                ('actor', models.CharField(max_length=120, verbose_name='actor')),
                ('verb', models.SlugField(db_index=False, max_length=60, verbose_name='verb')),
                ('kind', models.SlugField(blank=True, db_index=False, max_length=40, verbose_name='kind')),
                ('key', models.CharField(blank=True, max_length=120, verbose_name='identifier')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='details')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'ordering': ['-id'],
            },
        ),
    ]
