"""The language that letters about a booked time are in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0013_waiting_list_apart")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="language",
            field=models.CharField(default="en", max_length=5),
        ),
    ]
