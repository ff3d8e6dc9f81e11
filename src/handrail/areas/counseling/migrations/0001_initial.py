import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CounselingNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("note_date", models.DateField()),
                (
                    "session",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("individual", "Individual session"),
                            ("group", "Group session"),
                            ("family", "Joint or family session"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_name", models.CharField(blank=True, max_length=250)),
                (
                    "adds_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="counseling.counselingnote",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counseling_notes",
                        to="organizations.membership",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counseling_notes",
                        to="clients.client",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "author", "-note_date"],
                        name="counseling_note_by_author",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("signed_at__isnull", True)),
                        fields=("organization", "client", "author"),
                        name="counseling_note_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            ("session__in", ["", "individual", "group", "family"]),
                        ),
                        name="counseling_note_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adds_to__isnull", True),
                                ("signed_at__isnull", True),
                                ("signed_name", ""),
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                models.Q(("signed_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="counseling_note_signed_by_name",
                    ),
                ],
            },
        ),
    ]
