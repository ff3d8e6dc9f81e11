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
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans",
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans_owned",
                        to="organizations.membership",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans_signed",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "client", "number"), name="safety_plan_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="safety_plan_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", ""), _negated=True),
                            ("content_hash__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="safety_plan_is_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_name", ""), _negated=True),
                            models.Q(("signed_name", ""), _negated=True),
                        ),
                        name="safety_plan_agreed_and_signed",
                    ),
                ],
            },
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
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans_declined",
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_asks_owned",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-recorded_at"],
                        name="safety_declined_by_client",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("instead", ""), _negated=True),
                            models.Q(("recorded_by", ""), _negated=True),
                        ),
                        name="safety_declined_says_why",
                    )
                ],
            },
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
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_looks_owned",
                        to="organizations.membership",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="safety.safetyplan",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "plan", "-looked_at"], name="safety_look_by_plan"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            models.Q(("looked_by", ""), _negated=True),
                        ),
                        name="safety_look_says_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
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
                            ("suicide_risk", "Suicide risk"),
                            ("overdose_risk", "Overdose risk"),
                            ("no_contact", "No contact"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why", models.CharField(max_length=500)),
                ("review_date", models.DateField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("formulation", models.TextField(blank=True)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
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
                    "other_client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags_naming",
                        to="clients.client",
                    ),
                ),
                (
                    "other_colleague",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags_naming",
                        to="organizations.membership",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags_owned",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "client"],
                        name="open_flag_by_client",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "owner"],
                        name="open_flag_by_owner",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True),
                            ("kind__in", ["suicide_risk", "overdose_risk", "no_contact"]),
                        ),
                        name="flag_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("kind", "no_contact"), _negated=True),
                                ("other_client__isnull", True),
                                ("other_colleague__isnull", True),
                            ),
                            models.Q(
                                ("kind", "no_contact"),
                                models.Q(
                                    models.Q(
                                        ("other_client__isnull", False),
                                        ("other_colleague__isnull", True),
                                    ),
                                    models.Q(
                                        ("other_client__isnull", True),
                                        ("other_colleague__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="no_contact_is_with_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other_client__isnull", True),
                            models.Q(("other_client", models.F("client")), _negated=True),
                            _connector="OR",
                        ),
                        name="no_contact_with_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True), ("closed_by", ""), ("formulation", "")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("closed_by", ""), _negated=True),
                                models.Q(("formulation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_closed_with_formulation",
                    ),
                ],
            },
        ),
    ]
