from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0008_merging_asked'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='enclosed',
            field=models.BooleanField(default=False, verbose_name='confirmed with the record'),
        ),
    ]
