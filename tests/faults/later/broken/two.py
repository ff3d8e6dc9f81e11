"""Changes much, then fails on what somebody entered."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("later", "one"),)
    operations = (
        migrations.RunSQL(
            [
                "drop table later_count cascade",
                "alter table later_note add column urgent boolean",
                "alter table later_left add constraint small check (pair < 0)",
            ]
        ),
    )
