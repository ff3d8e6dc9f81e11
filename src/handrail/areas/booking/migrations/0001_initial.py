import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("inquiries", "0001_initial"),
        ("organizations", "0001_initial"),
        ("schedule", "0001_initial"),
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
                        to="schedule.program",
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
                        to="booking.publishedprogram",
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
                ("for_someone", models.BooleanField(default=False)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("leave_message", models.BooleanField(default=False)),
                ("text_me", models.BooleanField(default=False)),
                ("language", models.CharField(default="en", max_length=5)),
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
                    "inquiry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="inquiries.inquiry",
                    ),
                ),
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
                        to="booking.screeningslot",
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
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="booking.booking",
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
