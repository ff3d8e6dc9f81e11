import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("organizations", "0001_initial"),
        ("schedule", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[("individual", "INDIVIDUAL"), ("family", "FAMILY")], max_length=20
                    ),
                ),
                ("local_date", models.DateField()),
                ("start", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("held", models.BooleanField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="clients.client",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="clients.episode",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="organizations.membership",
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
                        fields=["organization", "client", "local_date"],
                        name="appointment_by_client",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service__in", ["individual", "family"]), ("minutes__gte", 1)
                        ),
                        name="appointment_of_a_service",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("enrolled", "ENROLLED"),
                            ("make-up", "MAKE_UP"),
                            ("unannounced", "UNANNOUNCED"),
                        ],
                        max_length=20,
                    ),
                ),
                ("absent", models.BooleanField(default=False)),
                ("excuse", models.CharField(blank=True, max_length=300)),
                ("arrived", models.PositiveSmallIntegerField(default=0)),
                ("left", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("marked_at", models.DateTimeField()),
                ("marked_by", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("attended", "ATTENDED"),
                            ("late", "LATE"),
                            ("left early", "LEFT_EARLY"),
                            ("absent, excused", "ABSENT_EXCUSED"),
                            ("absent, unexcused", "ABSENT_UNEXCUSED"),
                            ("make-up", "MAKE_UP"),
                        ],
                        max_length=20,
                    ),
                ),
                ("scheduled", models.PositiveSmallIntegerField(default=0)),
                ("attended", models.PositiveSmallIntegerField(default=0)),
                ("therapeutic", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.BooleanField(default=False)),
                ("shortfall", models.PositiveSmallIntegerField(default=0)),
                ("billable", models.BooleanField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="clients.client",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="clients.episode",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="schedule.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "client"], name="attendance_by_client")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "client"), name="attendance_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left__isnull", True),
                            ("left__gt", models.F("arrived")),
                            _connector="OR",
                        ),
                        name="left_after_arriving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", ""),
                            (
                                "status__in",
                                [
                                    "attended",
                                    "late",
                                    "left early",
                                    "absent, excused",
                                    "absent, unexcused",
                                    "make-up",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="attendance_known_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", True), ("excuse", ""), _connector="OR"),
                        name="excuse_for_an_absence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", ""), _negated=True),
                            ("counts", False),
                            _connector="OR",
                        ),
                        name="credit_when_closed",
                    ),
                ],
            },
        ),
    ]
