import uuid

import django.contrib.postgres.fields
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
            name="Outreach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("clock", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField()),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached, and safe"),
                            ("contact_reached", "A contact person says they are safe"),
                            ("welfare_check", "Seen by a welfare check"),
                            ("in_other_care", "In a hospital or other care"),
                            ("not_reached", "Not reached; every step was taken"),
                            ("opened_by_mistake", "They were there after all"),
                        ],
                        max_length=30,
                    ),
                ),
                ("closing_words", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to="schedule.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "due_at"],
                        name="open_outreach_by_due",
                    ),
                    models.Index(fields=["organization", "client"], name="outreach_by_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "client"), name="outreach_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True), ("closed_by", ""), ("outcome", "")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "outcome__in",
                                    [
                                        "reached",
                                        "contact_reached",
                                        "welfare_check",
                                        "in_other_care",
                                        "not_reached",
                                        "opened_by_mistake",
                                    ],
                                ),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outreach_closed_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachAttempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Called"),
                            ("text", "Sent a neutral text"),
                            ("contact_person", "Called a contact person"),
                            ("welfare_check", "Asked for a welfare check"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("says_safe", "Says they are safe"),
                            ("no_answer", "No answer"),
                            ("left_message", "Left a message that names nothing"),
                            ("wrong_number", "Wrong number"),
                            ("under_way", "Under way"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("attempted_at", models.DateTimeField()),
                ("attempted_by", models.CharField(max_length=200)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="clients.contact",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "outreach",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="outreach.outreach",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "outreach"], name="attempt_by_outreach")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["call", "text", "contact_person", "welfare_check"]),
                            (
                                "result__in",
                                [
                                    "reached",
                                    "says_safe",
                                    "no_answer",
                                    "left_message",
                                    "wrong_number",
                                    "under_way",
                                ],
                            ),
                        ),
                        name="attempt_known",
                    )
                ],
            },
        ),
    ]
