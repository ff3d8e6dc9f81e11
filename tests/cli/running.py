"""Runs the handrail command as people do: a process of its own, on a file."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def told(self):
        """What was printed for a program to read."""
        return json.loads(self.out)


def handrail(*arguments, given=None, **environment):
    """Run one command; `given` is what stands in the file of the case, as text, bytes or data."""
    if given is not None and not isinstance(given, str | bytes):
        given = json.dumps(given)
    raw = given.encode() if isinstance(given, str) else given
    ran = subprocess.run(
        [sys.executable, "-m", "handrail.cli", *map(str, arguments)],
        input=raw or b"",
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    out, err = ran.stdout.decode(), ran.stderr.decode()
    assert "Traceback" not in err, err
    return Ran(ran.returncode, out, err)


def place(given, *options, **environment):
    """Place the case on standard input and read the answer as data."""
    ran = handrail("place", "-", "--json", *options, given=given, **environment)
    assert (ran.code, ran.err) == (0, "")
    return ran.told


def refused(command, given, *options):
    """What a command says of a file that it cannot use."""
    ran = handrail(command, "-", *options, given=given)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"handrail {command}: ")
    assert ran.err.count("\n") == 1
    return ran.err


def phq9(*points, **more):
    """A completed PHQ-9 as a QuestionnaireResponse, with these points from the first question."""
    items = [
        {"linkId": f"phq9-{number}", "answer": [{"valueInteger": point}]}
        for number, point in enumerate(points, 1)
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "urn:handrail:questionnaire:phq-9",
        "item": items,
    } | more


SAFETY_NO = {
    "alcohol_heavy_most_days": False,
    "drinks_to_stop_shaking": False,
    "sedatives_daily": False,
    "sedatives_not_as_prescribed": False,
    "withdrawal_seizure_or_delirium_ever": False,
    "withdrawal_danger_signs_now": False,
    "withdrawal_symptoms_now": "none",
    "home_withdrawal_did_not_hold": False,
    "serious_illness": False,
    "medical_emergency_signs_now": False,
    "pregnant": False,
    "suicidal_thoughts": "none",
    "suicidal_thoughts_right_now": False,
    "suicide_plan_or_intent": False,
    "suicide_attempt_recent": False,
    "plan_to_harm_others": False,
    "command_voices": False,
    "psychosis_or_mania_acute": False,
    "cannot_care_for_self": False,
    "unsafe_at_night_without_staff": False,
    "overdose_last_90_days": False,
}
WEEKEND_DRINKER = {
    "age": 42,
    **SAFETY_NO,
    "works_or_studies_by_day": True,
    "alcohol_use_disorder": "moderate",
    "consequences_mounting": True,
    "tried_weekly_counseling": "did_not_hold",
    "sober_adult_present": True,
}
