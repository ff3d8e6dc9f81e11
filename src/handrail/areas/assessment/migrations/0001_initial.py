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
            name="Assessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("signed", "Signed"),
                            ("co-signed", "Co-signed"),
                            ("voided", "Voided"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=200)),
                ("content", models.TextField(blank=True)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("needs_co_signature", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_name", models.CharField(blank=True, max_length=250)),
                ("co_signed_at", models.DateTimeField(blank=True, null=True)),
                ("co_signed_name", models.CharField(blank=True, max_length=250)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
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
                        related_name="assessments_co_signed",
                        to="organizations.membership",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments_signed",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-begun_at"], name="assessment_by_client"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("organization", "client"),
                        name="one_assessment_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "signed", "co-signed", "voided"])
                        ),
                        name="assessment_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content", ""),
                                ("content_hash", ""),
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signed_name", ""),
                                ("state", "draft"),
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("content", ""), _negated=True),
                                models.Q(("signed_name", ""), _negated=True),
                                ("content_hash__regex", "^[0-9a-f]{64}$"),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_signed_by_someone",
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
                        name="assessment_co_signed_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("co_signed_by__isnull", True),
                            models.Q(("co_signed_by", models.F("signed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_co_signed_by_other",
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
                        name="assessment_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessedFinding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=80)),
                ("value", models.JSONField()),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("is_correction", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="assessment.assessment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "assessment", "code", "-id"],
                        name="finding_by_assessment",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="finding_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_correction", False), ("reason", "")),
                            models.Q(
                                ("is_correction", True), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="finding_corrected_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentAddendum",
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
                    "assessment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="assessment.assessment",
                    ),
                ),
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
                        related_name="assessment_addenda",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "assessment"], name="assessment_addendum_of"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("signed_name", ""), _negated=True),
                        ),
                        name="assessment_addendum_has_text",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scheme", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=120)),
                ("edition", models.CharField(max_length=60)),
                ("result", models.CharField(max_length=60)),
                ("on_date", models.DateField()),
                ("by_whom", models.CharField(max_length=200)),
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
                        related_name="outside_results",
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
                    models.Index(fields=["organization", "client"], name="outside_result_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("edition", ""), _negated=True),
                            models.Q(("result", ""), _negated=True),
                            models.Q(("by_whom", ""), _negated=True),
                        ),
                        name="outside_result_has_an_edition",
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
                        name="outside_result_voided",
                    ),
                ],
            },
        ),
    ]
