import uuid

import django.db.models.deletion
from django.db import migrations, models

import handrail.core.inquiries


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("caller_name", models.CharField(max_length=150)),
                ("caller_phone", models.CharField(blank=True, max_length=40)),
                ("caller_email", models.EmailField(blank=True, max_length=254)),
                (
                    "caller_is",
                    models.CharField(
                        choices=[
                            ("self", "The person themself"),
                            ("family", "Family or friend"),
                            ("referring_center", "Referring center"),
                            ("court", "Court, probation or parole"),
                            ("employer", "Employer"),
                            ("professional", "Therapist, doctor or other professional"),
                            ("other", "Someone else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("caller_relation", models.CharField(blank=True, max_length=60)),
                ("caller_organization", models.CharField(blank=True, max_length=150)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("walk_in", "In person"),
                            ("email", "By e-mail"),
                            ("letter", "By letter or fax"),
                            ("online_booking", "Online booking"),
                            ("website", "From the website"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("called", models.CharField(blank=True, max_length=80)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(blank=True, max_length=40)),
                ("zip_code", models.CharField(blank=True, max_length=10)),
                (
                    "safe_to_leave_message",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not asked yet: leave none"),
                            ("yes", "Yes, saying who we are"),
                            ("neutral", "Yes, with a first name and a number only"),
                            ("no", "No, leave none"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ask_for", models.CharField(blank=True, max_length=80)),
                ("about", models.TextField(blank=True)),
                ("wanted", models.CharField(blank=True, max_length=40)),
                ("mandated_by", models.CharField(blank=True, max_length=150)),
                ("mandated_level", models.CharField(blank=True, max_length=40)),
                ("mandated_by_date", models.DateField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("reached", "reached"),
                            ("screening", "screening"),
                            ("screened", "screened"),
                            ("booked", "booked"),
                            ("waiting", "waiting"),
                            ("referred", "referred"),
                            ("admitted", "admitted"),
                            ("closed", "closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("next_step", models.CharField(blank=True, max_length=200)),
                ("next_step_date", models.DateField(blank=True, null=True)),
                ("came_at", models.DateTimeField()),
                ("came_by", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("closed_why", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="clients.client",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_here",
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries_owned",
                        to="organizations.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "new",
                                    "reached",
                                    "screening",
                                    "screened",
                                    "booked",
                                    "waiting",
                                    "referred",
                                ],
                            )
                        ),
                        fields=["organization", "next_step_date"],
                        name="open_inquiry_by_day",
                    ),
                    models.Index(fields=["organization", "-closed_at"], name="inquiry_by_end"),
                    models.Index(fields=["organization", "client"], name="inquiry_by_client"),
                    models.Index(
                        fields=["organization", "birth_date"], name="inquiry_by_birth_date"
                    ),
                    models.Index(fields=["organization", "merged_into"], name="inquiry_by_merged"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caller_name", ""), _negated=True),
                            (
                                "caller_is__in",
                                [
                                    "self",
                                    "family",
                                    "referring_center",
                                    "court",
                                    "employer",
                                    "professional",
                                    "other",
                                ],
                            ),
                        ),
                        name="inquiry_says_who_asks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "phone",
                                    "walk_in",
                                    "email",
                                    "letter",
                                    "online_booking",
                                    "website",
                                ],
                            ),
                            ("safe_to_leave_message__in", ["", "yes", "neutral", "no"]),
                        ),
                        name="inquiry_known_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "stage__in",
                                    [
                                        "new",
                                        "reached",
                                        "screening",
                                        "screened",
                                        "booked",
                                        "waiting",
                                        "referred",
                                    ],
                                ),
                                models.Q(("next_step", ""), _negated=True),
                                ("next_step_date__isnull", False),
                            ),
                            (
                                "stage__in",
                                [
                                    handrail.core.inquiries.Stage["ADMITTED"],
                                    handrail.core.inquiries.Stage["CLOSED"],
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_open_has_next_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("closed_by", ""),
                                ("closed_why", ""),
                                (
                                    "stage__in",
                                    [
                                        "new",
                                        "reached",
                                        "screening",
                                        "screened",
                                        "booked",
                                        "waiting",
                                        "referred",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "stage__in",
                                    [
                                        handrail.core.inquiries.Stage["ADMITTED"],
                                        handrail.core.inquiries.Stage["CLOSED"],
                                    ],
                                ),
                                models.Q(("closed_by", ""), _negated=True),
                                models.Q(("closed_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(
                                ("stage", "closed"),
                                models.Q(("merged_into", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_merged_is_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "admitted"), _negated=True),
                            ("client__isnull", False),
                            _connector="OR",
                        ),
                        name="inquiry_admitted_has_chart",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mandated_by", ""), _negated=True),
                            models.Q(("mandated_by_date__isnull", True), ("mandated_level", "")),
                            _connector="OR",
                        ),
                        name="inquiry_mandated_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confided",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.TextField()),
                ("told_by", models.CharField(max_length=150)),
                (
                    "kept_from",
                    models.CharField(
                        choices=[
                            ("person", "The person it is about"),
                            ("family", "The family"),
                            ("both", "The person and the family"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confided",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "inquiry"], name="confided_by_inquiry")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            models.Q(("told_by", ""), _negated=True),
                            ("kept_from__in", ["person", "family", "both"]),
                        ),
                        name="confided_says_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InquiryEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Inquiry taken"),
                            ("changed", "Details changed"),
                            ("attempt", "Tried to reach them"),
                            ("carried_on", "Carried on"),
                            ("confided", "Told in confidence"),
                            ("chart_opened", "Chart opened"),
                            ("chart_attached", "Attached to a chart"),
                            ("merged_away", "Merged into another inquiry"),
                            ("merged_here", "Another inquiry merged here"),
                            ("closed", "Closed"),
                            ("reopened", "Opened again"),
                            ("separated", "No longer merged here"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "Call"),
                            ("text", "Text message"),
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Talked with them"),
                            ("message", "Left a message"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Wrong number"),
                            ("sent", "Sent"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("stage", models.CharField(max_length=20)),
                ("next_step", models.CharField(blank=True, max_length=200)),
                ("next_step_date", models.DateField(blank=True, null=True)),
                ("owner_name", models.CharField(max_length=150)),
                ("happened_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="inquiries.inquiry",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                    ),
                ),
                (
                    "other_inquiry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events_naming",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organization", "inquiry", "-happened_at"],
                        name="inquiry_event_by_time",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "attempt"),
                                ("how__in", ["call", "text", "email", "letter", "in_person"]),
                                (
                                    "result__in",
                                    ["reached", "message", "no_answer", "wrong_number", "sent"],
                                ),
                            ),
                            models.Q(
                                models.Q(("kind", "attempt"), _negated=True),
                                ("how", ""),
                                ("result", ""),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_attempt_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "new",
                                    "reached",
                                    "screening",
                                    "screened",
                                    "booked",
                                    "waiting",
                                    "referred",
                                    "admitted",
                                    "closed",
                                ],
                            )
                        ),
                        name="inquiry_event_known_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["merged_away", "merged_here", "separated"]),
                                ("other_inquiry__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ["merged_away", "merged_here", "separated"]),
                                    _negated=True,
                                ),
                                ("other_inquiry__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_event_names_other",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InquiryTrace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "A word of a name"),
                            ("phone", "The digits of a number"),
                            ("mail", "A mail address"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(db_collation="C", max_length=254)),
                ("of_person", models.BooleanField()),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to="inquiries.inquiry",
                    ),
                ),
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
                        fields=("organization", "kind", "value", "inquiry"),
                        name="inquiry_trace_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", ""), _negated=True),
                            ("kind__in", ["name", "phone", "mail"]),
                        ),
                        name="inquiry_trace_is_known",
                    ),
                ],
            },
        ),
    ]
