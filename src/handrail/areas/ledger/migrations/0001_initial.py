import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("coverage", "0001_initial"),
        ("organizations", "0001_initial"),
        ("recommendations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sequence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("level", models.CharField(max_length=40)),
                (
                    "accepted_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("client", "Client"),
                                ("family", "Family"),
                                ("clinician", "Clinician"),
                                ("program", "Program"),
                                ("payer", "Payer"),
                                ("mandating_body", "Mandating body"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("agreed_date", models.DateField()),
                ("review_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
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
                    "recommendation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-recorded_at"],
                        name="agreement_by_client",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sequence__len__gt", 0), models.Q(("level", ""), _negated=True)
                        ),
                        name="agreement_places_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "accepted_by__contained_by",
                                [
                                    "client",
                                    "family",
                                    "clinician",
                                    "program",
                                    "payer",
                                    "mandating_body",
                                ],
                            ),
                            ("accepted_by__overlap", ["client", "family"]),
                        ),
                        name="agreement_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_date__gt", models.F("agreed_date"))),
                        name="agreement_looked_at_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformedRefusal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sequence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                (
                    "also_unmet",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("explained", models.CharField(max_length=1000)),
                ("explained_by", models.CharField(max_length=250)),
                ("physician", models.CharField(max_length=200)),
                ("physician_told_at", models.DateTimeField()),
                ("offered", models.CharField(max_length=1000)),
                ("refused_date", models.DateField()),
                ("call_again_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informed_refusals",
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
                    "recommendation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informed_refusals",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-recorded_at"], name="refusal_by_client"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs__len__gt", 0),
                            ("sequence__len__gt", 0),
                            models.Q(("explained", ""), _negated=True),
                            models.Q(("explained_by", ""), _negated=True),
                            models.Q(("physician", ""), _negated=True),
                            models.Q(("offered", ""), _negated=True),
                        ),
                        name="refusal_is_informed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("call_again_date__gt", models.F("refused_date"))),
                        name="refusal_called_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField(editable=False)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("family", "Family"),
                            ("clinician", "Clinician"),
                            ("program", "Program"),
                            ("payer", "Payer"),
                            ("mandating_body", "Mandating body"),
                        ],
                        max_length=20,
                    ),
                ),
                ("holder", models.CharField(blank=True, max_length=120)),
                (
                    "sequence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("said_date", models.DateField()),
                ("withheld_from_client", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
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
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="coverage.payer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "party__in",
                                [
                                    "client",
                                    "family",
                                    "clinician",
                                    "program",
                                    "payer",
                                    "mandating_body",
                                ],
                            ),
                            ("sequence__len__gt", 0),
                        ),
                        name="position_asks_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withheld_from_client", False), ("party", "family"), _connector="OR"
                        ),
                        name="position_withheld_of_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payer__isnull", True), ("party", "payer"), _connector="OR"
                        ),
                        name="position_of_a_payer",
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "client", "number"), name="position_number_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PositionVoid",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("voided_at", models.DateTimeField()),
                ("voided_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voids",
                        to="ledger.position",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "position"), name="position_voided_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("voided_by", ""), _negated=True),
                        ),
                        name="position_void_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("need", models.CharField(max_length=60)),
                ("mitigation", models.CharField(max_length=300)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unmet",
                        to="ledger.agreement",
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
                        fields=("organization", "agreement", "need"), name="unmet_need_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("need", ""), _negated=True),
                            models.Q(("mitigation", ""), _negated=True),
                        ),
                        name="unmet_need_is_mitigated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "need__in",
                                (
                                    "emergency_response",
                                    "medical_care_24h",
                                    "psychiatric_safety_24h",
                                    "crisis_observation_24h",
                                    "withdrawal_care_24h",
                                    "obstetric_withdrawal_care",
                                    "withdrawal_assessment",
                                ),
                            ),
                            _negated=True,
                        ),
                        name="the_floor_is_not_agreed_away",
                    ),
                ],
            },
        ),
    ]
