import uuid

import django.contrib.postgres.fields
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
            name="WaitingPlace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateField()),
                ("priority", models.CharField(max_length=30)),
                ("priority_source", models.CharField(max_length=300)),
                (
                    "interim",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("instead", models.CharField(blank=True, max_length=500)),
                ("interim_at", models.DateTimeField(blank=True, null=True)),
                ("interim_by", models.CharField(blank=True, max_length=200)),
                ("put_on_at", models.DateTimeField()),
                ("put_on_by", models.CharField(max_length=200)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admitted", "Admitted here"),
                            ("elsewhere", "Took another place"),
                            ("declined", "Does not want it any more"),
                            ("not_reached", "Could not be reached"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ended_words", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_places",
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
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_places",
                        to="schedule.program",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_places",
                        to="schedule.track",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organization", "since"],
                        name="open_waiting_by_since",
                    ),
                    models.Index(fields=["organization", "client"], name="waiting_by_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organization", "client", "program"),
                        name="waits_once_for_a_program",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by", ""),
                                ("ended_how", ""),
                                ("ended_words", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "ended_how__in",
                                    ["admitted", "elsewhere", "declined", "not_reached"],
                                ),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="waiting_ended_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("interim_at__isnull", True), ("interim_by", "")),
                            models.Q(
                                ("interim_at__isnull", False),
                                models.Q(("interim_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="interim_offered_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingAttempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("call", "Called"),
                            ("text", "Sent a neutral text"),
                            ("letter", "Sent a neutral letter"),
                            ("in_person", "Talked in person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("still_waits", "Reached: still waits"),
                            ("takes_seat", "Reached: takes the seat"),
                            ("no_answer", "No answer"),
                            ("left_message", "Left a message that names nothing"),
                            ("wrong_number", "Wrong number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("attempted_at", models.DateTimeField()),
                ("attempted_by", models.CharField(max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="waitlist.waitingplace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "place"], name="attempt_by_waiting_place")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "still_waits",
                                    "takes_seat",
                                    "no_answer",
                                    "left_message",
                                    "wrong_number",
                                ],
                            ),
                            ("way__in", ["call", "text", "letter", "in_person"]),
                        ),
                        name="waiting_attempt_known",
                    )
                ],
            },
        ),
    ]
