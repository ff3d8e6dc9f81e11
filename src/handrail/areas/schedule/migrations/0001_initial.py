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
            name="Program",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("level", models.CharField(max_length=40)),
                ("template", models.CharField(max_length=60)),
                ("sessions", models.PositiveSmallIntegerField()),
                ("ended_date", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), ("sessions__gte", 1)
                        ),
                        name="program_says_what",
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "name"), name="program_name_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("capacity", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("ended_date", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "name"), name="room_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="room_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"
                        ),
                        name="room_holds_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("local_date", models.DateField()),
                ("start", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "modality",
                    models.CharField(
                        choices=[("room", "ROOM"), ("online", "ONLINE"), ("mixed", "MIXED")],
                        max_length=10,
                    ),
                ),
                ("room", models.CharField(blank=True, max_length=80)),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("segments", models.JSONField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("moved_from_date", models.DateField(blank=True, null=True)),
                (
                    "moved_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to the date given", "TO_GIVEN_DATE"),
                            ("to the end", "APPENDED"),
                            ("by hand", "BY_HAND"),
                        ],
                        max_length=30,
                    ),
                ),
                ("moved_reason", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "PLANNED"),
                            ("in progress", "IN_PROGRESS"),
                            ("to be signed", "TO_BE_SIGNED"),
                            ("closed", "CLOSED"),
                            ("canceled", "CANCELED"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_minute", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("canceled_reason", models.CharField(blank=True, max_length=300)),
                ("board_version", models.PositiveIntegerField(default=0)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "local_date"], name="session_by_date"),
                    models.Index(fields=["organization", "starts_at"], name="session_by_start"),
                    models.Index(
                        condition=models.Q(("state__in", ["in progress", "to be signed"])),
                        fields=["organization", "state"],
                        name="session_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "in progress", "to be signed", "closed", "canceled"],
                            )
                        ),
                        name="session_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moved_from_date__isnull", True), ("moved_how", "")),
                            models.Q(
                                ("moved_from_date__isnull", False),
                                models.Q(("moved_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="session_moved_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MakeUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("booked_at", models.DateTimeField()),
                ("booked_by", models.CharField(max_length=200)),
                ("canceled_at", models.DateTimeField(blank=True, null=True)),
                ("canceled_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="make_ups",
                        to="clients.client",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="make_ups",
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
                        related_name="make_ups",
                        to="schedule.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "session"], name="make_up_by_session")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("canceled_at__isnull", True)),
                        fields=("organization", "client", "session"),
                        name="made_up_once",
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
                        name="make_up_canceled_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionFacilitator",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions_led",
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
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facilitators",
                        to="schedule.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "membership"),
                        name="session_facilitator_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeAway",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_date", models.DateField()),
                ("until_date", models.DateField()),
                ("start", models.TimeField(blank=True, null=True)),
                ("end", models.TimeField(blank=True, null=True)),
                ("zone", models.CharField(max_length=64)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("canceled_at", models.DateTimeField(blank=True, null=True)),
                ("canceled_by", models.CharField(blank=True, max_length=200)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_away",
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
                        fields=["organization", "membership", "ends_at"], name="away_by_person"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="away_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end__isnull", True),
                                ("start__isnull", True),
                                ("until_date__gte", models.F("from_date")),
                            ),
                            models.Q(
                                ("end__gt", models.F("start")),
                                ("start__isnull", False),
                                ("until_date", models.F("from_date")),
                            ),
                            _connector="OR",
                        ),
                        name="away_days_or_hours",
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
                        name="away_canceled_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("start", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                (
                    "modality",
                    models.CharField(
                        choices=[("room", "ROOM"), ("online", "ONLINE"), ("mixed", "MIXED")],
                        max_length=10,
                    ),
                ),
                ("room", models.CharField(blank=True, max_length=80)),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("segments", models.JSONField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("ended_date", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="schedule.program",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "name"), name="track_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__len__gt", 0), ("days__contained_by", [0, 1, 2, 3, 4, 5, 6])
                        ),
                        name="track_meets_on_days",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="track",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="schedule.track",
            ),
        ),
        migrations.CreateModel(
            name="Enrollment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_date", models.DateField()),
                ("until_date", models.DateField(blank=True, null=True)),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("enrolled_at", models.DateTimeField()),
                ("enrolled_by", models.CharField(max_length=200)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="clients.client",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
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
                    "track",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="schedule.track",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "track", "until_date"], name="enrollment_by_track"
                    ),
                    models.Index(fields=["organization", "client"], name="enrollment_by_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_date__isnull", True)),
                        fields=("organization", "client", "track"),
                        name="one_open_enrollment_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                        name="enrollment_known_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackFacilitator",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks_led",
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
                    "track",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facilitators",
                        to="schedule.track",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "track", "membership"),
                        name="track_facilitator_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("local_date", models.DateField(blank=True, null=True)),
                ("start", models.TimeField(blank=True, null=True)),
                ("end", models.TimeField(blank=True, null=True)),
                ("zone", models.CharField(max_length=64)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("until_date", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_hours",
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
                    models.Index(fields=["organization", "membership"], name="hours_by_person"),
                    models.Index(fields=["organization", "local_date"], name="hours_by_date"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("from_date__isnull", False),
                                ("local_date__isnull", True),
                                ("start__isnull", False),
                                ("weekday__gte", 0),
                                ("weekday__lte", 6),
                            ),
                            models.Q(
                                ("from_date__isnull", True),
                                ("local_date__isnull", False),
                                ("until_date__isnull", True),
                                ("weekday__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="hours_weekly_or_of_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end__isnull", True), ("start__isnull", True)),
                            models.Q(
                                ("end__isnull", False),
                                ("start__isnull", False),
                                models.Q(("start", models.F("end")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hours_from_when_to_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="hours_end_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("instead_date", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
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
                        fields=("organization", "local_date"), name="closed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("instead_date__isnull", True),
                            models.Q(("instead_date", models.F("local_date")), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_instead_another_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_date", models.DateField()),
                ("until_date", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="schedule.enrollment",
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
                    models.Index(fields=["organization", "enrollment"], name="pause_by_enrollment")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="pause_ends_later",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("organization", "track", "number"), name="session_number_once"
            ),
        ),
    ]
