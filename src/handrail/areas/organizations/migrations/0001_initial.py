import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import handrail.foundation.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=150)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("invited_by", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("canceled_at", models.DateTimeField(blank=True, null=True)),
                ("canceled_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roles__contained_by",
                                [
                                    "intake_coordinator",
                                    "facilitator",
                                    "supervisor",
                                    "utilization_reviewer",
                                    "drug_test_technician",
                                    "biller",
                                    "medical_director",
                                    "program_director",
                                    "administrator",
                                ],
                            ),
                            ("roles__len__gt", 0),
                        ),
                        name="invitation_has_known_roles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="invitation_email_in_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("canceled_at__isnull", True),
                            _connector="OR",
                        ),
                        name="invitation_used_or_canceled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("canceled_at__isnull", True), ("canceled_by", "")),
                            models.Q(
                                ("canceled_at__isnull", False),
                                models.Q(("canceled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_canceled_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="invitation_expires_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(default=handrail.foundation.clock.real_now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="organization_has_a_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("user_id", models.UUIDField(db_index=True, null=True)),
                ("organization_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["expire_date"], name="session_by_end")],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=handrail.foundation.clock.real_now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_in_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="user_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                ("deactivated_by", models.CharField(blank=True, max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roles__contained_by",
                                [
                                    "intake_coordinator",
                                    "facilitator",
                                    "supervisor",
                                    "utilization_reviewer",
                                    "drug_test_technician",
                                    "biller",
                                    "medical_director",
                                    "program_director",
                                    "administrator",
                                ],
                            ),
                            ("roles__len__gt", 0),
                        ),
                        name="membership_has_known_roles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deactivated_at__isnull", True), ("deactivated_by", "")),
                            models.Q(
                                ("deactivated_at__isnull", False),
                                models.Q(("deactivated_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="membership_ended_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("short", models.CharField(blank=True, max_length=20)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("issuer", models.CharField(max_length=120)),
                ("expires_date", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("issuer", ""), _negated=True),
                        ),
                        name="credential_says_what",
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
                        name="credential_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganizationSettings",
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
                ("zone", models.CharField(default="America/New_York", max_length=64)),
                (
                    "second_factor",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody has to; everybody may"),
                            ("administrators", "Administrators"),
                            ("everyone", "Everyone"),
                        ],
                        default="everyone",
                        max_length=20,
                    ),
                ),
                ("idle_minutes", models.PositiveSmallIntegerField(default=15)),
                ("after_hours", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__gte", 5), ("idle_minutes__lte", 60)),
                        name="idle_minutes_from_5_to_60",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_factor__in", ["nobody", "administrators", "everyone"])
                        ),
                        name="known_second_factor",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="credential",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("organization", "user"), name="one_membership_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("canceled_at__isnull", True)),
                fields=("organization", "email"),
                name="one_open_invitation_each",
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["organization", "membership"], name="credential_by_person"),
        ),
    ]
