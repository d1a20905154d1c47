import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0007_disputes'),
        ('record', '0009_confirmed_without_right'),
    ]

    operations = [
        migrations.AddField(
            model_name='standing',
            name='voided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.change', verbose_name='void by'),
        ),
    ]
