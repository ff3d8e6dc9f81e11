"""A payer's position says which payer, and a position entered by mistake can be voided."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0009_safety_apart"),
        ("organizations", "0003_after_hours"),
        ("placement", "0014_ledger_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="PositionVoid",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("voided_at", models.DateTimeField()),
                ("voided_by", models.CharField(max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="position",
            name="payer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="positions",
                to="clients.payer",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("payer__isnull", True), ("party", "payer"), _connector="OR"),
                name="position_of_a_payer",
            ),
        ),
        migrations.AddField(
            model_name="positionvoid",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="positionvoid",
            name="position",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voids",
                to="placement.position",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionvoid",
            constraint=models.UniqueConstraint(
                fields=("organization", "position"), name="position_voided_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="positionvoid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("voided_by", ""), _negated=True),
                ),
                name="position_void_says_why",
            ),
        ),
    ]
