import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("inquiries", "0001_initial"),
        ("organizations", "0001_initial"),
        ("recommendations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandedCheck",
            fields=[
                ("code_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("draft_hash", models.CharField(max_length=64, unique=True)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_hash__regex", "^[0-9a-f]{64}$"),
                            ("draft_hash__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="handed_check_is_hashed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("voice", models.CharField(max_length=10)),
                ("script_version", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("tasks", models.JSONField(blank=True, default=list)),
                ("started_at", models.DateTimeField()),
                ("started_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recommended", "Recommendation kept"),
                            ("follow_up", "Nothing yet: call again"),
                            ("referred", "Sent elsewhere"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outcome_words", models.CharField(blank=True, max_length=500)),
                ("follow_up_date", models.DateField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="clients.client",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings_held",
                        to="organizations.membership",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="inquiries.inquiry",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organization", "holder"],
                        name="open_screening_by_holder",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("voice__in", ["me", "someone"])),
                        name="screening_known_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", ""), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("outcome__in", ["recommended", "follow_up", "referred"]),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="screening_ended_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "recommended"), _negated=True),
                            models.Q(("client__isnull", False), ("recommendation__isnull", False)),
                            _connector="OR",
                        ),
                        name="screening_recommended_has_chart",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "follow_up"), _negated=True),
                            ("follow_up_date__isnull", False),
                            _connector="OR",
                        ),
                        name="screening_follow_up_has_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organization", "inquiry"),
                        name="screening_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("step", models.CharField(max_length=20)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("happened_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="screening.screening",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "screening", "happened_at"],
                        name="emergency_by_time",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("step", ""), _negated=True),
                        ),
                        name="emergency_step_says_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("who", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                ("other_texts", models.JSONField(blank=True, default=list)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="screening.screening",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "screening", "field"), name="screening_answer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), _negated=True),
                            ("who__in", ["person", "caller", "check", "record"]),
                        ),
                        name="screening_answer_says_who",
                    ),
                ],
            },
        ),
    ]
