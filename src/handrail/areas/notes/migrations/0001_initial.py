import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("organizations", "0001_initial"),
        ("schedule", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                ("content", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("has_risk_statement", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("signed", "Signed"),
                            ("co-signed", "Co-signed"),
                            ("locked", "Locked"),
                            ("voided", "Voided"),
                        ],
                        default="signed",
                        max_length=20,
                    ),
                ),
                ("needs_co_signature", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField()),
                ("signed_name", models.CharField(max_length=250)),
                ("co_signed_at", models.DateTimeField(blank=True, null=True)),
                ("co_signed_name", models.CharField(blank=True, max_length=250)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("locked_by", models.CharField(blank=True, max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="clients.client",
                    ),
                ),
                (
                    "co_signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_co_signed",
                        to="organizations.membership",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="clients.episode",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="schedule.session",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_signed",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-local_date", "id"],
                        name="note_by_client",
                    ),
                    models.Index(fields=["organization", "session"], name="note_by_session"),
                    models.Index(
                        condition=models.Q(("needs_co_signature", True), ("state", "signed")),
                        fields=["organization", "signed_at"],
                        name="note_to_co_sign",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "voided"), _negated=True),
                        fields=("organization", "session", "client"),
                        name="one_valid_note_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["signed", "co-signed", "locked", "voided"])
                        ),
                        name="note_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("co_signed_by__isnull", True),
                            models.Q(("co_signed_by", models.F("signed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="note_co_signed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("co_signed_at__isnull", True),
                                ("co_signed_by__isnull", True),
                                ("co_signed_name", ""),
                                models.Q(("state", "co-signed"), _negated=True),
                            ),
                            models.Q(
                                ("co_signed_at__isnull", False),
                                ("co_signed_by__isnull", False),
                                models.Q(("co_signed_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="note_co_signed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("locked_at__isnull", True),
                                ("locked_by", ""),
                                models.Q(("state", "locked"), _negated=True),
                            ),
                            models.Q(
                                ("locked_at__isnull", False),
                                models.Q(("locked_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="note_locked_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("void_reason", ""),
                                ("voided_at__isnull", True),
                                ("voided_by", ""),
                                models.Q(("state", "voided"), _negated=True),
                            ),
                            models.Q(
                                ("state", "voided"),
                                ("voided_at__isnull", False),
                                models.Q(("voided_by", ""), _negated=True),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="note_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                ("signed_name", models.CharField(max_length=250)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="organizations.membership",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="notes.note",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "note"], name="addendum_by_note")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="addendum_has_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftField",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                ("other_texts", models.JSONField(blank=True, default=list)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="clients.client",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="schedule.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "client", "field"),
                        name="draft_field_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
