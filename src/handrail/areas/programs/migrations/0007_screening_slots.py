import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_apart"),
        ("programs", "0006_says_safe"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedProgram",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("level", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=400)),
                ("online", models.BooleanField(default=False)),
                ("in_a_room", models.BooleanField(default=False)),
                ("meets", models.JSONField(default=list)),
                ("zone", models.CharField(max_length=64)),
                (
                    "insurance",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("ages_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("ages_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, max_length=2)),
                ("zip_code", models.CharField(blank=True, max_length=10)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("phone", models.CharField(max_length=40)),
                ("run_by", models.CharField(max_length=150)),
                ("verified_date", models.DateField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="published",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "program"), name="published_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("run_by", ""), _negated=True),
                        ),
                        name="published_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__gte", -90),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__lte", 180),
                            ),
                            _connector="OR",
                        ),
                        name="published_place_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenSlot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("slot", models.UUIDField()),
                ("starts_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_slots",
                        to="programs.publishedprogram",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["program", "starts_at"], name="open_slot_by_start")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "program", "slot"), name="open_slot_once"
                    )
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
            name="ScreeningSlot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                ("start", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("online", "Online"),
                            ("room", "In person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("room", models.CharField(blank=True, max_length=80)),
                ("offered_at", models.DateTimeField()),
                ("offered_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
                (
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screening_slots",
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
                    models.Index(fields=["organization", "starts_at"], name="slot_by_start"),
                    models.Index(
                        fields=["organization", "membership", "ends_at"], name="slot_by_person"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__gte", 5),
                            ("minutes__lte", 240),
                            ("ends_at__gt", models.F("starts_at")),
                        ),
                        name="slot_takes_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "room"), models.Q(("room", ""), _negated=True)),
                            models.Q(("how__in", ["phone", "online"]), ("room", "")),
                            _connector="OR",
                        ),
                        name="slot_in_a_room_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="slot_withdrawn_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("called", models.CharField(max_length=80)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("leave_message", models.BooleanField(default=False)),
                ("text_me", models.BooleanField(default=False)),
                ("program_name", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("kept", "Kept"),
                            ("missed", "Did not come"),
                            ("canceled", "Canceled"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("booked_at", models.DateTimeField()),
                ("booked_by", models.CharField(max_length=200)),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="programs.screeningslot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "canceled"), _negated=True),
                        fields=("organization", "slot"),
                        name="slot_booked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called", ""), _negated=True),
                            models.Q(
                                models.Q(("phone", ""), _negated=True),
                                models.Q(("email", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="booking_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text_me", False),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="booking_texts_need_a_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True), ("ended_by", ""), ("state", "booked")
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["kept", "missed", "canceled"]),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="booking_ended_by_someone",
                    ),
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
            name="Letter",
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
                            ("confirmation", "Your time"),
                            ("reminder", "Your time is near"),
                            ("moved", "Your new time"),
                            ("canceled", "Your time was canceled"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "E-mail"), ("text", "Text message")], max_length=4
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="programs.booking",
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
                        condition=models.Q(("state", "waiting")),
                        fields=["organization", "due_at"],
                        name="letter_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "stopped"), _negated=True),
                        fields=("organization", "booking", "kind", "channel", "starts_at"),
                        name="letter_of_a_kind_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True), ("state__in", ["waiting", "sending"])
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state__in", ["sent", "failed", "stopped"]),
                            ),
                            _connector="OR",
                        ),
                        name="letter_settled_at_some_time",
                    ),
                ],
            },
        ),
    ]
