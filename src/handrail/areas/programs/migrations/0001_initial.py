import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("organizations", "0002_apart"),
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
                ("canceled_reason", models.CharField(blank=True, max_length=300)),
                ("board_version", models.PositiveIntegerField(default=0)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outreach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("clock", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField()),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached, and safe"),
                            ("contact_reached", "A contact person says they are safe"),
                            ("welfare_check", "Seen by a welfare check"),
                            ("in_other_care", "In a hospital or other care"),
                            ("not_reached", "Not reached; every step was taken"),
                            ("opened_by_mistake", "They were there after all"),
                        ],
                        max_length=30,
                    ),
                ),
                ("closing_words", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to="clients.client",
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
                        related_name="outreach",
                        to="programs.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["organization", "due_at"],
                        name="open_outreach_by_due",
                    ),
                    models.Index(fields=["organization", "client"], name="outreach_by_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "client"), name="outreach_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True), ("closed_by", ""), ("outcome", "")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "outcome__in",
                                    [
                                        "reached",
                                        "contact_reached",
                                        "welfare_check",
                                        "in_other_care",
                                        "not_reached",
                                        "opened_by_mistake",
                                    ],
                                ),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outreach_closed_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                ("content", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("has_risk_statement", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("signed", "Signed"),
                            ("co-signed", "Co-signed"),
                            ("locked", "Locked"),
                            ("voided", "Voided"),
                        ],
                        default="signed",
                        max_length=20,
                    ),
                ),
                ("needs_co_signature", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField()),
                ("signed_name", models.CharField(max_length=250)),
                ("co_signed_at", models.DateTimeField(blank=True, null=True)),
                ("co_signed_name", models.CharField(blank=True, max_length=250)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("locked_by", models.CharField(blank=True, max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=200)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
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
                        related_name="notes_co_signed",
                        to="organizations.membership",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
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
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_signed",
                        to="organizations.membership",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="programs.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "client", "-local_date", "id"],
                        name="note_by_client",
                    ),
                    models.Index(fields=["organization", "session"], name="note_by_session"),
                    models.Index(
                        condition=models.Q(("needs_co_signature", True), ("state", "signed")),
                        fields=["organization", "signed_at"],
                        name="note_to_co_sign",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "voided"), _negated=True),
                        fields=("organization", "session", "client"),
                        name="one_valid_note_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["signed", "co-signed", "locked", "voided"])
                        ),
                        name="note_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("co_signed_by__isnull", True),
                            models.Q(("co_signed_by", models.F("signed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="note_co_signed_by_another",
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
                        name="note_voided_with_reason",
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
                        to="programs.session",
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
            name="DraftField",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=200)),
                ("other_texts", models.JSONField(blank=True, default=list)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="clients.client",
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
                        related_name="drafts",
                        to="programs.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "session", "client", "field"),
                        name="draft_field_once",
                        nulls_distinct=False,
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
                        to="programs.session",
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
                        to="programs.session",
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
                        to="programs.program",
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
                to="programs.track",
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
                        to="programs.track",
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
                        to="programs.track",
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
            name="Goal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("opened_date", models.DateField()),
                ("opened_by", models.CharField(max_length=200)),
                ("met_date", models.DateField(blank=True, null=True)),
                ("dropped_date", models.DateField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="clients.client",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="clients.episode",
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
                    models.Index(fields=["organization", "episode"], name="goal_by_episode")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="goal_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met_date__isnull", True),
                            ("dropped_date__isnull", True),
                            _connector="OR",
                        ),
                        name="goal_met_or_dropped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
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
                        related_name="addenda",
                        to="organizations.membership",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="programs.note",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "note"], name="addendum_by_note")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="addendum_has_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachAttempt",
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
                            ("call", "Called"),
                            ("text", "Sent a neutral text"),
                            ("contact_person", "Called a contact person"),
                            ("welfare_check", "Asked for a welfare check"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("left_message", "Left a message that names nothing"),
                            ("wrong_number", "Wrong number"),
                            ("under_way", "Under way"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("attempted_at", models.DateTimeField()),
                ("attempted_by", models.CharField(max_length=200)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="clients.contact",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "outreach",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="programs.outreach",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "outreach"], name="attempt_by_outreach")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["call", "text", "contact_person", "welfare_check"]),
                            (
                                "result__in",
                                [
                                    "reached",
                                    "no_answer",
                                    "left_message",
                                    "wrong_number",
                                    "under_way",
                                ],
                            ),
                        ),
                        name="attempt_known",
                    )
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
                        to="programs.enrollment",
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
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["organization", "local_date"], name="session_by_date"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["organization", "starts_at"], name="session_by_start"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("state__in", ["in progress", "to be signed"])),
                fields=["organization", "state"],
                name="session_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("organization", "track", "number"), name="session_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["planned", "in progress", "to be signed", "closed", "canceled"])
                ),
                name="session_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
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
        ),
    ]
