import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("given_name", models.CharField(max_length=80)),
                ("family_name", models.CharField(max_length=80)),
                ("called", models.CharField(blank=True, max_length=80)),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                ("birth_date", models.DateField()),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
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
                        fields=["organization", "family_name", "given_name", "id"],
                        name="client_by_name",
                    ),
                    models.Index(
                        fields=["organization", "birth_date"], name="client_by_birth_date"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_name", ""), _negated=True),
                            models.Q(("family_name", ""), _negated=True),
                        ),
                        name="client_has_names",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChartDraft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "document",
                    models.CharField(
                        choices=[("safety_plan", "Safety plan"), ("assessment", "Assessment")],
                        max_length=20,
                    ),
                ),
                ("field", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                ("other_texts", models.JSONField(blank=True, default=list)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chart_drafts",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "client", "document", "field"),
                        name="chart_draft_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document__in", ["safety_plan", "assessment"]),
                            models.Q(("field", ""), _negated=True),
                        ),
                        name="chart_draft_of_a_document",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BaselineEntry",
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
                            ("prescription_monitoring", "Prescription monitoring"),
                            ("pregnancy", "Pregnancy"),
                            ("primary_care", "Primary care"),
                            ("tuberculosis", "Tuberculosis screening"),
                            ("hepatitis", "Hepatitis screening"),
                            ("hiv", "HIV screening"),
                        ],
                        max_length=30,
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("on_date", models.DateField()),
                ("by_whom", models.CharField(max_length=200)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baseline_entries",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "kind", "-recorded_at"],
                        name="baseline_by_client",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "prescription_monitoring",
                                    "pregnancy",
                                    "primary_care",
                                    "tuberculosis",
                                    "hepatitis",
                                    "hiv",
                                ],
                            ),
                            models.Q(("state", ""), _negated=True),
                            models.Q(("by_whom", ""), _negated=True),
                        ),
                        name="baseline_says_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("partner", "Partner or spouse"),
                            ("parent", "Parent"),
                            ("child", "Grown child"),
                            ("sibling", "Brother or sister"),
                            ("friend", "Friend"),
                            ("sponsor", "Sponsor or peer"),
                            ("other", "Someone else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "may_know",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("in_care", "That they are in care here"),
                                ("attendance", "Whether they came"),
                                ("progress", "How it is going"),
                                ("emergency", "Only in an emergency"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("call_if_missed", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="contact_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "may_know__contained_by",
                                ["in_care", "attendance", "progress", "emergency"],
                            )
                        ),
                        name="contact_may_know",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("call_if_missed", False),
                            models.Q(
                                ("may_know__overlap", ["attendance", "emergency"]),
                                models.Q(("phone", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_called_may_know",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_ended_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Episode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_date", models.DateField()),
                ("opened_by", models.CharField(max_length=200)),
                ("closed_date", models.DateField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Completed"),
                            ("transferred", "Transferred"),
                            ("dropped_out", "Left before the end"),
                            ("terminated", "Ended by the program"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "week_rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("payer_minimum", models.CharField(blank=True, max_length=60)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="episodes",
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
                    models.Index(fields=["organization", "closed_date"], name="episode_by_end"),
                    models.Index(fields=["organization", "client"], name="episode_by_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_date__isnull", True)),
                        fields=("organization", "client"),
                        name="one_open_episode_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_by", ""), ("closed_date__isnull", True), ("outcome", "")
                            ),
                            models.Q(
                                ("closed_date__gte", models.F("opened_date")),
                                (
                                    "outcome__in",
                                    [
                                        "completed",
                                        "transferred",
                                        "dropped_out",
                                        "terminated",
                                        "other",
                                    ],
                                ),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="episode_closed_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelStay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(max_length=40)),
                ("from_date", models.DateField()),
                ("until_date", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="clients.episode",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_date__isnull", True)),
                        fields=("organization", "episode"),
                        name="one_level_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="level_stay_ends_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Listed",
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
                            ("diagnosis", "Diagnosis"),
                            ("medicine", "Medicine"),
                            ("allergy", "Allergy"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("code", models.CharField(blank=True, max_length=20)),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("early_remission", "In early remission"),
                            ("sustained_remission", "In sustained remission"),
                        ],
                        max_length=30,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("by_whom", models.CharField(blank=True, max_length=200)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("until_date", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed",
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
                    models.Index(fields=["organization", "client"], name="listed_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("kind__in", ["diagnosis", "medicine", "allergy"]),
                        ),
                        name="listed_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("severity", ""),
                            models.Q(
                                ("kind", "diagnosis"),
                                (
                                    "severity__in",
                                    [
                                        "mild",
                                        "moderate",
                                        "severe",
                                        "early_remission",
                                        "sustained_remission",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="listed_severity_of_a_diagnosis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("void_reason", ""), ("voided_at__isnull", True), ("voided_by", "")
                            ),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("voided_by", ""), _negated=True),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="listed_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(db_collation="C", max_length=80)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to="clients.client",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "word", "client"), name="name_word_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideProfessional",
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
                            ("therapist", "Therapist"),
                            ("prescriber", "Prescriber"),
                            ("primary_care", "Primary care"),
                            ("opioid_treatment", "Opioid treatment program"),
                            ("other", "Other professional"),
                        ],
                        max_length=30,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_professionals",
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
                    models.Index(fields=["organization", "client"], name="professional_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "therapist",
                                    "prescriber",
                                    "primary_care",
                                    "opioid_treatment",
                                    "other",
                                ],
                            ),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="professional_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="professional_ended_by_someone",
                    ),
                ],
            },
        ),
    ]
