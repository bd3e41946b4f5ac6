from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0016_references_led_by_indexes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('is_staff', True)), fields=['article', 'id'], name='comment_staff'),
        ),
    ]
