"""The table of what is due."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("booking", "0002_protections"),
        ("clients", "0002_protections"),
        ("inquiries", "0002_protections"),
        ("organizations", "0002_protections"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=80)),
                ("scope", models.UUIDField()),
                ("about_nobody", models.BooleanField(default=False)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("not_for", models.UUIDField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("visible_from", models.DateTimeField()),
                ("visible_until", models.DateTimeField(blank=True, null=True)),
                ("escalates_at", models.DateTimeField(blank=True, null=True)),
                ("life", models.BooleanField(default=False)),
                ("settled", models.BooleanField(default=False)),
                ("group", models.CharField(blank=True, max_length=80)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("assigned_by", models.CharField(blank=True, max_length=200)),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("snooze_reason", models.CharField(blank=True, max_length=200)),
                ("snoozed_by", models.CharField(blank=True, max_length=200)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items_assigned",
                        to="organizations.membership",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to="booking.booking",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to="clients.client",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to="inquiries.inquiry",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items_about",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items_owned",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "visible_from"],
                        name="work_item_open",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "kind", "scope"],
                        name="work_item_by_scope",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "client"],
                        name="work_item_by_client",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("organization", "kind", "key"),
                        name="work_item_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("about_nobody", True),
                                ("booking__isnull", True),
                                ("client__isnull", True),
                                ("inquiry__isnull", True),
                                ("member__isnull", True),
                            ),
                            models.Q(
                                ("about_nobody", False),
                                models.Q(
                                    ("client__isnull", False),
                                    ("inquiry__isnull", False),
                                    ("booking__isnull", False),
                                    ("member__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="work_item_says_about_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("key", ""), _negated=True),
                        ),
                        name="work_item_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visible_until__isnull", True),
                            ("visible_until__gt", models.F("visible_from")),
                            _connector="OR",
                        ),
                        name="work_item_shows_for_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="work_item_closed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assigned_by", ""), ("assigned_to__isnull", True)),
                            models.Q(
                                ("assigned_to__isnull", False),
                                models.Q(("assigned_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="work_item_assigned_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("snooze_reason", ""),
                                ("snoozed_by", ""),
                                ("snoozed_until__isnull", True),
                            ),
                            models.Q(
                                ("snoozed_until__isnull", False),
                                models.Q(("snooze_reason", ""), _negated=True),
                                models.Q(("snoozed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="work_item_snoozed_with_reason",
                    ),
                ],
            },
        ),
    ]
