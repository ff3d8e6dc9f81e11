"""A column more, and a table that depends on it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("later", "one"),)
    operations = (
        migrations.RunSQL(
            [
                "alter table later_note add column urgent boolean not null default false",
                "insert into later_left values (-1)",
                "insert into later_right values (-1)",
            ]
        ),
    )
