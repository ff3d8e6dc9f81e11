import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_coverage_apart"),
        ("organizations", "0003_after_hours"),
    ]

    operations = [
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
            ],
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
                ("field", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                ("other_texts", models.JSONField(blank=True, default=list)),
            ],
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
            ],
        ),
        migrations.CreateModel(
            name="PlanHandover",
            fields=[
                ("token_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("token_hash__regex", "^[0-9a-f]{64}$")),
                        name="handover_token_is_hashed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("agreed_name", models.CharField(max_length=200)),
                ("next_look_date", models.DateField()),
                ("signed_at", models.DateTimeField()),
                ("signed_name", models.CharField(max_length=250)),
            ],
        ),
        migrations.CreateModel(
            name="SafetyPlanDeclined",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("instead", models.CharField(max_length=1000)),
                ("ask_again_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="SafetyPlanLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("next_look_date", models.DateField()),
                ("looked_at", models.DateTimeField()),
                ("looked_by", models.CharField(max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="listed",
            name="severity",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="listed",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="baselineentry",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="baseline_entries",
                to="clients.client",
            ),
        ),
        migrations.AddField(
            model_name="baselineentry",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="chartdraft",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chart_drafts",
                to="clients.client",
            ),
        ),
        migrations.AddField(
            model_name="chartdraft",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="outsideprofessional",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outside_professionals",
                to="clients.client",
            ),
        ),
        migrations.AddField(
            model_name="outsideprofessional",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_plans",
                to="clients.client",
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_plans_owned",
                to="organizations.membership",
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="signed_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_plans_signed",
                to="organizations.membership",
            ),
        ),
        migrations.AddField(
            model_name="safetyplandeclined",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_plans_declined",
                to="clients.client",
            ),
        ),
        migrations.AddField(
            model_name="safetyplandeclined",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="safetyplandeclined",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_asks_owned",
                to="organizations.membership",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanlook",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanlook",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="safety_looks_owned",
                to="organizations.membership",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanlook",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="clients.safetyplan",
            ),
        ),
        migrations.AddIndex(
            model_name="baselineentry",
            index=models.Index(
                fields=["organization", "client", "kind", "-recorded_at"], name="baseline_by_client"
            ),
        ),
        migrations.AddConstraint(
            model_name="baselineentry",
            constraint=models.CheckConstraint(
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
            ),
        ),
        migrations.AddConstraint(
            model_name="chartdraft",
            constraint=models.UniqueConstraint(
                fields=("organization", "client", "document", "field"), name="chart_draft_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="chartdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document__in", ["safety_plan", "assessment"]),
                    models.Q(("field", ""), _negated=True),
                ),
                name="chart_draft_of_a_document",
            ),
        ),
        migrations.AddIndex(
            model_name="outsideprofessional",
            index=models.Index(fields=["organization", "client"], name="professional_by_client"),
        ),
        migrations.AddConstraint(
            model_name="outsideprofessional",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["therapist", "prescriber", "primary_care", "opioid_treatment", "other"],
                    ),
                    models.Q(("name", ""), _negated=True),
                ),
                name="professional_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideprofessional",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by", "")),
                    models.Q(
                        ("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="professional_ended_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.UniqueConstraint(
                fields=("organization", "client", "number"), name="safety_plan_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="safety_plan_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content", ""), _negated=True),
                    ("content_hash__regex", "^[0-9a-f]{64}$"),
                ),
                name="safety_plan_is_hashed",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_name", ""), _negated=True),
                    models.Q(("signed_name", ""), _negated=True),
                ),
                name="safety_plan_agreed_and_signed",
            ),
        ),
        migrations.AddIndex(
            model_name="safetyplandeclined",
            index=models.Index(
                fields=["organization", "client", "-recorded_at"], name="safety_declined_by_client"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplandeclined",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("instead", ""), _negated=True),
                    models.Q(("recorded_by", ""), _negated=True),
                ),
                name="safety_declined_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="safetyplanlook",
            index=models.Index(
                fields=["organization", "plan", "-looked_at"], name="safety_look_by_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplanlook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("looked_by", ""), _negated=True),
                ),
                name="safety_look_says_what",
            ),
        ),
    ]
