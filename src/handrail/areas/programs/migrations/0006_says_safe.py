"""A contact person who says that the person is safe is an answer of its own."""

from django.db import migrations, models

_RESULTS = {
    "reached": "Reached",
    "says_safe": "Says they are safe",
    "no_answer": "No answer",
    "left_message": "Left a message that names nothing",
    "wrong_number": "Wrong number",
    "under_way": "Under way",
}
_KINDS = ["call", "text", "contact_person", "welfare_check"]


class Migration(migrations.Migration):
    """One more result of an attempt."""

    dependencies = [("programs", "0005_ended_early")]

    operations = [
        migrations.RemoveConstraint(model_name="outreachattempt", name="attempt_known"),
        migrations.AlterField(
            model_name="outreachattempt",
            name="result",
            field=models.CharField(choices=list(_RESULTS.items()), max_length=20),
        ),
        migrations.AddConstraint(
            model_name="outreachattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=_KINDS, result__in=list(_RESULTS)),
                name="attempt_known",
            ),
        ),
    ]
