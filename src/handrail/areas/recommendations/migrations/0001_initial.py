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
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("criteria", models.CharField(max_length=80)),
                ("criteria_version", models.CharField(max_length=20)),
                ("texts", models.JSONField()),
                ("facts", models.TextField()),
                ("answer", models.TextField()),
                ("answer_hash", models.CharField(max_length=64)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("why_now", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
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
                        fields=["organization", "client", "-made_at"],
                        name="recommendation_by_client",
                    )
                ],
                "constraints": [
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
                        name="recommendation_voided_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("overrides", models.BooleanField(default=False)),
                (
                    "sequence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("level", models.CharField(blank=True, max_length=40)),
                ("reason_code", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.CharField(max_length=250)),
                ("needs_co_signature", models.BooleanField(default=False)),
                ("co_signed_at", models.DateTimeField(blank=True, null=True)),
                ("co_signed_by", models.CharField(blank=True, max_length=250)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="clients.client",
                    ),
                ),
                (
                    "co_signed_by_place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations_co_signed",
                        to="organizations.membership",
                    ),
                ),
                (
                    "confirmed_by_place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
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
                    "recommendation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-confirmed_at"],
                        name="confirmation_by_client",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("co_signed_at__isnull", True), ("needs_co_signature", True)
                        ),
                        fields=["organization", "confirmed_at"],
                        name="confirmation_to_co_sign",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("level", ""),
                                ("overrides", False),
                                ("reason", ""),
                                ("reason_code", ""),
                                ("sequence__len", 0),
                            ),
                            models.Q(
                                ("overrides", True),
                                ("sequence__len__gt", 0),
                                models.Q(("level", ""), _negated=True),
                                models.Q(("reason_code", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="override_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", ""), _negated=True),
                        name="confirmation_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("co_signed_at__isnull", True),
                                ("co_signed_by", ""),
                                ("co_signed_by_place__isnull", True),
                            ),
                            models.Q(
                                ("co_signed_at__isnull", False),
                                ("needs_co_signature", True),
                                models.Q(("co_signed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_co_signed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("co_signed_by_place__isnull", True),
                            ("confirmed_by_place__isnull", True),
                            models.Q(
                                ("co_signed_by_place", models.F("confirmed_by_place")),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_co_signed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
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
                        fields=("organization", "name", "sha256"), name="rule_text_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="rule_text_is_hashed",
                    ),
                ],
            },
        ),
    ]
