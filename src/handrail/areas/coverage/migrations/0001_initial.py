import uuid

import django.contrib.postgres.fields
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
            name="Coverage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        choices=[
                            ("primary", "Pays first"),
                            ("secondary", "Pays second"),
                            ("tertiary", "Pays third"),
                        ],
                        max_length=10,
                    ),
                ),
                ("plan", models.CharField(blank=True, max_length=120)),
                ("member_id", models.CharField(blank=True, max_length=40)),
                ("group_number", models.CharField(blank=True, max_length=40)),
                (
                    "subscriber",
                    models.CharField(
                        choices=[
                            ("self", "The client’s own"),
                            ("spouse", "Spouse or partner"),
                            ("parent", "Parent"),
                            ("other", "Someone else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subscriber_name", models.CharField(blank=True, max_length=160)),
                ("subscriber_birth_date", models.DateField(blank=True, null=True)),
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
                        related_name="coverages",
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
                    models.Index(fields=["organization", "client"], name="coverage_by_client")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True), ("voided_at__isnull", True)
                        ),
                        fields=("organization", "client", "rank"),
                        name="one_plan_of_a_rank_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rank__in", ["primary", "secondary", "tertiary"]),
                            ("subscriber__in", ["self", "spouse", "parent", "other"]),
                        ),
                        name="coverage_says_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subscriber", "self"),
                            models.Q(("subscriber_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="coverage_names_subscriber",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("from_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="coverage_ends_later",
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
                        name="coverage_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("portal", "On the payer’s portal"),
                            ("paper", "On paper: a card, a letter, a booklet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("representative", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("checked_at", models.DateTimeField()),
                ("checked_by", models.CharField(max_length=200)),
                (
                    "active",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not said")],
                        max_length=10,
                    ),
                ),
                (
                    "network",
                    models.CharField(
                        choices=[
                            ("in", "In network"),
                            ("out", "Out of network"),
                            ("unknown", "Not said"),
                        ],
                        max_length=10,
                    ),
                ),
                ("plan_year_begins", models.CharField(blank=True, max_length=40)),
                ("deductible", models.BigIntegerField(blank=True, null=True)),
                ("deductible_met", models.BigIntegerField(blank=True, null=True)),
                ("maximum", models.BigIntegerField(blank=True, null=True)),
                ("maximum_met", models.BigIntegerField(blank=True, null=True)),
                ("no_maximum", models.BooleanField(default=False)),
                ("authorizes", models.CharField(blank=True, max_length=200)),
                ("claims_to", models.CharField(blank=True, max_length=200)),
                ("notes", models.TextField(blank=True)),
                (
                    "goes_on_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coverage.benefitcheck",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "coverage",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="coverage.coverage",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "coverage", "-checked_at"],
                        name="benefit_check_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["phone", "portal", "paper"]),
                            ("active__in", ("yes", "no", "unknown")),
                            ("network__in", ["in", "out", "unknown"]),
                        ),
                        name="benefit_check_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deductible__isnull", True),
                                ("deductible__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("deductible_met__isnull", True),
                                ("deductible_met__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("maximum__isnull", True), ("maximum__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("maximum_met__isnull", True),
                                ("maximum_met__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="benefit_check_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("no_maximum", False),
                            models.Q(("maximum__isnull", True), ("maximum_met__isnull", True)),
                            _connector="OR",
                        ),
                        name="benefit_check_one_maximum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredIncome",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("household", models.PositiveSmallIntegerField()),
                ("yearly_income", models.BigIntegerField()),
                ("declared_date", models.DateField()),
                ("shown_by", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declared_incomes",
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
                        fields=["organization", "client", "-declared_date"],
                        name="declared_income_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("household__gte", 1), ("yearly_income__gte", 0)),
                        name="declared_income_of_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseOnPaper",
            fields=[
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="organizations.organization",
                    ),
                ),
                ("legal_name", models.CharField(max_length=160)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("npi", models.CharField(blank=True, max_length=10)),
                ("tax_number", models.CharField(blank=True, max_length=20)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("npi", ""), ("npi__regex", "^\\d{10}$"), _connector="OR"
                        ),
                        name="npi_has_ten_digits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseRate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("amount", models.BigIntegerField()),
                ("code", models.CharField(blank=True, max_length=20)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("slides", models.BooleanField(default=True)),
                ("from_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
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
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("organization", "item", "from_date"),
                        name="house_rate_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item", ""), _negated=True), ("amount__gte", 0)
                        ),
                        name="house_rate_amount",
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
                        name="house_rate_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("commercial", "Commercial insurance"),
                            ("medicaid", "Medicaid or its managed plan"),
                            ("medicare", "Medicare or its Advantage plan"),
                            ("military", "TRICARE or Veterans Affairs"),
                            ("public", "County, state or block-grant funds"),
                            ("employer", "Employer or union plan"),
                            ("other", "Someone else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("authorizes", models.CharField(blank=True, max_length=200)),
                ("payer_number", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
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
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organization", "name"),
                        name="payer_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            (
                                "kind__in",
                                [
                                    "commercial",
                                    "medicaid",
                                    "medicare",
                                    "military",
                                    "public",
                                    "employer",
                                    "other",
                                ],
                            ),
                        ),
                        name="payer_has_a_name",
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
                        name="payer_ended_by_someone",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="coverage",
            name="payer",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coverages",
                to="coverage.payer",
            ),
        ),
        migrations.CreateModel(
            name="SlidingScale",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line_one", models.BigIntegerField()),
                ("line_more", models.BigIntegerField()),
                (
                    "limits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                (
                    "pays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("from_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
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
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("organization", "from_date"),
                        name="sliding_scale_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_one__gt", 0),
                            ("line_more__gte", 0),
                            ("limits__len__gte", 1),
                            ("limits__len", models.F("pays__len")),
                        ),
                        name="sliding_scale_bands",
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
                        name="sliding_scale_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitLevel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(max_length=40)),
                (
                    "covered",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not said")],
                        max_length=10,
                    ),
                ),
                (
                    "authorization",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not said")],
                        max_length=10,
                    ),
                ),
                ("copay", models.BigIntegerField(blank=True, null=True)),
                (
                    "copay_per",
                    models.CharField(
                        choices=[
                            ("visit", "Each visit"),
                            ("day", "Each day"),
                            ("week", "Each week"),
                            ("stay", "Once"),
                            ("unknown", "Not said"),
                        ],
                        max_length=10,
                    ),
                ),
                ("coinsurance", models.SmallIntegerField(blank=True, null=True)),
                (
                    "deductible_applies",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not said")],
                        max_length=10,
                    ),
                ),
                ("allowed", models.BigIntegerField(blank=True, null=True)),
                ("limit", models.CharField(blank=True, max_length=200)),
                (
                    "benefit_check",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="coverage.benefitcheck",
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
                        fields=("organization", "benefit_check", "level"), name="benefit_level_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", ""), _negated=True),
                            ("covered__in", ("yes", "no", "unknown")),
                            ("authorization__in", ("yes", "no", "unknown")),
                            ("deductible_applies__in", ("yes", "no", "unknown")),
                            ("copay_per__in", ["visit", "day", "week", "stay", "unknown"]),
                        ),
                        name="benefit_level_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("copay__isnull", True), ("copay__gte", 0), _connector="OR"),
                            models.Q(
                                ("allowed__isnull", True), ("allowed__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("coinsurance__isnull", True),
                                models.Q(("coinsurance__gte", 0), ("coinsurance__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="benefit_level_amounts",
                    ),
                ],
            },
        ),
    ]
