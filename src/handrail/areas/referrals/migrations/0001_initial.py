import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("consents", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(max_length=40)),
                ("to_name", models.CharField(max_length=200)),
                ("to_phone", models.CharField(blank=True, max_length=60)),
                ("to_fax", models.CharField(blank=True, max_length=60)),
                ("why", models.CharField(max_length=500)),
                ("state", models.CharField(default="prepared", max_length=20)),
                ("since_date", models.DateField()),
                ("expected_return_date", models.DateField(blank=True, null=True)),
                ("back_to", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("ended_why", models.CharField(blank=True, max_length=500)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="clients.client",
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="consents.disclosure",
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
                        related_name="referrals_owned",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "client"], name="referral_by_client"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["declined", "returned", "ended"]), _negated=True
                        ),
                        fields=["organization", "expected_return_date"],
                        name="referral_expected_back",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_name", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            models.Q(("level", ""), _negated=True),
                            (
                                "state__in",
                                [
                                    "prepared",
                                    "sent",
                                    "received",
                                    "accepted",
                                    "admitted",
                                    "declined",
                                    "returned",
                                    "ended",
                                ],
                            ),
                        ),
                        name="referral_says_where_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["declined", "returned", "ended"]),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["declined", "returned", "ended"]), _negated=True
                                ),
                                ("ended_at__isnull", True),
                                ("ended_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="referral_over_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "admitted"), _negated=True),
                            ("expected_return_date__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_there_expected_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=20)),
                ("on_date", models.DateField()),
                ("said_by", models.CharField(blank=True, max_length=200)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("expected_return_date", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "referral"], name="referral_step_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "prepared",
                                    "sent",
                                    "received",
                                    "accepted",
                                    "admitted",
                                    "declined",
                                    "returned",
                                    "ended",
                                ],
                            )
                        ),
                        name="referral_step_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralTouch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("due_date", models.DateField()),
                ("why", models.CharField(max_length=200)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=200)),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["organization", "due_date"],
                        name="referral_touch_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=("organization", "referral", "due_date"),
                        name="referral_touch_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by", ""), ("words", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                models.Q(("done_by", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_touch_done_by_someone",
                    ),
                ],
            },
        ),
    ]
