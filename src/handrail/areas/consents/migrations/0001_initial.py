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
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("client_name", models.CharField(max_length=200)),
                ("discloser", models.CharField(max_length=200)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("expires_date", models.DateField(blank=True, null=True)),
                ("expires_when", models.CharField(blank=True, max_length=200)),
                ("not_before", models.DateField(blank=True, null=True)),
                ("asked_alone", models.BooleanField(default=False)),
                ("wording", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("text_sha256", models.CharField(max_length=64)),
                ("prepared_at", models.DateTimeField()),
                ("prepared_by", models.CharField(max_length=200)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_date", models.DateField(blank=True, null=True)),
                ("signed_name", models.CharField(blank=True, max_length=200)),
                ("signed_how", models.CharField(blank=True, max_length=10)),
                ("signed_where", models.CharField(blank=True, max_length=10)),
                ("drawn", models.JSONField(default=list)),
                ("authority", models.CharField(blank=True, max_length=200)),
                ("witnessed_by", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_date", models.DateField(blank=True, null=True)),
                ("ended", models.CharField(blank=True, max_length=20)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("ended_how", models.CharField(blank=True, max_length=20)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
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
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consents.consent",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "client"], name="consent_by_client"),
                    models.Index(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("signed_at__isnull", False)
                        ),
                        fields=["organization", "expires_date"],
                        name="consent_by_last_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "care",
                                    "named",
                                    "family",
                                    "intermediary",
                                    "criminal_justice",
                                    "legal_proceeding",
                                    "counseling_notes",
                                ],
                            ),
                            models.Q(("client_name", ""), _negated=True),
                            models.Q(("discloser", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="consent_says_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "contents__contained_by",
                                [
                                    "in_care",
                                    "attendance",
                                    "progress",
                                    "contact_details",
                                    "coverage",
                                    "recommendation",
                                    "assessment",
                                    "diagnoses",
                                    "medicines",
                                    "test_results",
                                    "safety_plan",
                                    "course",
                                    "notes",
                                    "ledger",
                                    "counseling_notes",
                                ],
                            ),
                            models.Q(("contents", []), _negated=True),
                        ),
                        name="consent_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purposes__contained_by",
                                [
                                    "treatment",
                                    "payment",
                                    "operations",
                                    "at_my_request",
                                    "family_support",
                                    "criminal_justice",
                                    "legal_proceeding",
                                    "emergency",
                                    "abuse_report",
                                    "crime",
                                    "court_order",
                                    "research",
                                    "audit",
                                ],
                            ),
                            models.Q(("purposes", []), _negated=True),
                        ),
                        name="consent_says_what_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contents", ["counseling_notes"]), ("kind", "counseling_notes")
                            ),
                            models.Q(
                                models.Q(("kind", "counseling_notes"), _negated=True),
                                models.Q(
                                    ("contents__contains", ["counseling_notes"]), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="counseling_notes_by_their_own_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "legal_proceeding"), ("purposes", ["legal_proceeding"])
                            ),
                            models.Q(
                                models.Q(("kind", "legal_proceeding"), _negated=True),
                                models.Q(
                                    ("purposes__contains", ["legal_proceeding"]), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="legal_proceeding_by_its_own_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "criminal_justice"),
                            ("not_before__isnull", True),
                            _connector="OR",
                        ),
                        name="consent_may_be_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "family"), _negated=True),
                            ("asked_alone", True),
                            _connector="OR",
                        ),
                        name="family_asked_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_date__isnull", False),
                            models.Q(("expires_when", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consent_says_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", True),
                                ("signed_date__isnull", True),
                                ("signed_how", ""),
                                ("signed_name", ""),
                                ("signed_where", ""),
                                ("witnessed_by", ""),
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_date__isnull", False),
                                ("signed_how__in", ["drawn", "typed", "paper"]),
                                ("signed_where__in", ["here", "video", "elsewhere"]),
                                models.Q(("signed_name", ""), _negated=True),
                                models.Q(("witnessed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_signed_before_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended", ""),
                                ("ended_at__isnull", True),
                                ("ended_by", ""),
                                ("ended_date__isnull", True),
                            ),
                            models.Q(
                                (
                                    "ended__in",
                                    ["revoked", "renewed", "event", "false", "not_signed"],
                                ),
                                ("ended_at__isnull", False),
                                ("ended_date__isnull", False),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_ended_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_date__isnull", True),
                            ("signed_date__isnull", True),
                            ("expires_date__gte", models.F("signed_date")),
                            _connector="OR",
                        ),
                        name="consent_ends_after_signing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentRecipient",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("through", models.BooleanField(default=False)),
                (
                    "consent",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="consents.consent",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "treating_provider",
                                    "payer",
                                    "operations",
                                    "contact",
                                    "court_or_supervision",
                                    "intermediary",
                                    "registry",
                                    "client",
                                    "attorney",
                                    "authority",
                                    "medical_personnel",
                                    "research_or_audit",
                                    "other",
                                ],
                            )
                        ),
                        name="consent_recipient_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("kind", "contact")),
                            models.Q(
                                models.Q(("kind", "contact"), _negated=True),
                                ("contact__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_contact_on_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recipient_kind", models.CharField(max_length=30)),
                ("recipient_name", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=30)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("exception", models.CharField(blank=True, max_length=30)),
                ("details", models.JSONField(default=dict)),
                ("statement", models.CharField(blank=True, max_length=300)),
                ("scope", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to leave"),
                            ("sent", "Left"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("printed", "On paper"),
                            ("pdf", "As a file"),
                            ("mail", "By mail"),
                            ("fax", "By fax"),
                            ("phone", "By phone"),
                            ("told", "In person"),
                            ("export", "By export"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=200)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("left_by", models.CharField(blank=True, max_length=200)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_by", models.CharField(blank=True, max_length=200)),
                ("stopped_why", models.CharField(blank=True, max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="clients.client",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="consents.consent",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
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
                        fields=["organization", "client", "-asked_at"], name="disclosure_by_client"
                    ),
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["organization", "asked_at"],
                        name="disclosure_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "recipient_kind__in",
                                [
                                    "treating_provider",
                                    "payer",
                                    "operations",
                                    "contact",
                                    "court_or_supervision",
                                    "intermediary",
                                    "registry",
                                    "client",
                                    "attorney",
                                    "authority",
                                    "medical_personnel",
                                    "research_or_audit",
                                    "other",
                                ],
                            ),
                            models.Q(("recipient_name", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                            (
                                "contents__contained_by",
                                [
                                    "in_care",
                                    "attendance",
                                    "progress",
                                    "contact_details",
                                    "coverage",
                                    "recommendation",
                                    "assessment",
                                    "diagnoses",
                                    "medicines",
                                    "test_results",
                                    "safety_plan",
                                    "course",
                                    "notes",
                                    "ledger",
                                    "counseling_notes",
                                ],
                            ),
                            models.Q(("contents", []), _negated=True),
                            (
                                "purpose__in",
                                [
                                    "treatment",
                                    "payment",
                                    "operations",
                                    "at_my_request",
                                    "family_support",
                                    "criminal_justice",
                                    "legal_proceeding",
                                    "emergency",
                                    "abuse_report",
                                    "crime",
                                    "court_order",
                                    "research",
                                    "audit",
                                ],
                            ),
                        ),
                        name="disclosure_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent__isnull", False), ("exception", "")),
                            models.Q(
                                ("consent__isnull", True),
                                (
                                    "exception__in",
                                    [
                                        "medical_emergency",
                                        "abuse_report",
                                        "crime",
                                        "court_order",
                                        "research",
                                        "audit",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("consent__isnull", True),
                                ("exception", ""),
                                ("recipient_kind", "client"),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_is_covered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contents__contains", ["counseling_notes"]), _negated=True),
                            ("consent__isnull", False),
                            _connector="OR",
                        ),
                        name="counseling_notes_by_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("left_at__isnull", True),
                                ("left_by", ""),
                                ("state", "queued"),
                                ("stopped_at__isnull", True),
                                ("stopped_by", ""),
                                ("stopped_why", ""),
                            ),
                            models.Q(
                                (
                                    "how__in",
                                    ["printed", "pdf", "mail", "fax", "phone", "told", "export"],
                                ),
                                ("left_at__isnull", False),
                                ("state", "sent"),
                                ("stopped_at__isnull", True),
                                ("stopped_by", ""),
                                ("stopped_why", ""),
                                models.Q(("left_by", ""), _negated=True),
                            ),
                            models.Q(
                                ("left_at__isnull", True),
                                ("left_by", ""),
                                ("state", "stopped"),
                                ("stopped_at__isnull", False),
                                models.Q(("stopped_by", ""), _negated=True),
                                models.Q(("stopped_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("text_sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
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
                        fields=("organization", "version"), name="notice_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("version", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="notice_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeGiven",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signed_name", models.CharField(blank=True, max_length=200)),
                ("drawn", models.JSONField(default=list)),
                ("not_signed_why", models.CharField(blank=True, max_length=300)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
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
                    "notice",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consents.noticetext",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "client"], name="notice_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("signed_name", ""), _negated=True), ("not_signed_why", "")
                            ),
                            models.Q(
                                ("signed_name", ""), models.Q(("not_signed_why", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="notice_acknowledged_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recipient_kind", models.CharField(max_length=30)),
                ("recipient_name", models.CharField(blank=True, max_length=200)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("asked", models.CharField(max_length=500)),
                ("paid_in_full", models.BooleanField(default=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[("agreed", "Agreed"), ("declined", "Declined")], max_length=10
                    ),
                ),
                ("answer_why", models.CharField(blank=True, max_length=300)),
                ("since_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_date", models.DateField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
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
                    models.Index(fields=["organization", "client"], name="restriction_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "recipient_kind__in",
                                [
                                    "treating_provider",
                                    "payer",
                                    "operations",
                                    "contact",
                                    "court_or_supervision",
                                    "intermediary",
                                    "registry",
                                    "client",
                                    "attorney",
                                    "authority",
                                    "medical_personnel",
                                    "research_or_audit",
                                    "other",
                                ],
                            ),
                            (
                                "contents__contained_by",
                                [
                                    "in_care",
                                    "attendance",
                                    "progress",
                                    "contact_details",
                                    "coverage",
                                    "recommendation",
                                    "assessment",
                                    "diagnoses",
                                    "medicines",
                                    "test_results",
                                    "safety_plan",
                                    "course",
                                    "notes",
                                    "ledger",
                                    "counseling_notes",
                                ],
                            ),
                            models.Q(("asked", ""), _negated=True),
                        ),
                        name="restriction_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "agreed"),
                            models.Q(
                                ("answer", "declined"),
                                ("paid_in_full", False),
                                models.Q(("answer_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="restriction_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by", ""),
                                ("ended_date__isnull", True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_date__isnull", False),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="restriction_ended_by_someone",
                    ),
                ],
            },
        ),
    ]
