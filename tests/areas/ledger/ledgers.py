"""What tests of the ledger begin with: findings with and without a floor, and the usual words."""

from datetime import timedelta

from handrail.areas.recommendations.services.recommendations import make_recommendation
from handrail.data import findings_catalogue
from handrail.foundation import clock
from tests.core.strategies import best

CALM = {
    code: best(one)
    for code, one in findings_catalogue().items()
    if one.safety_critical and code not in ("age", "emergency_evaluation_found_safe")
}
IOP = {**CALM, "age": 41, "alcohol_use_disorder": "moderate", "weekly_care_not_enough": True}
AWAY = {**IOP, "home_with_use": True}
DETOX = {**IOP, "alcohol_heavy_most_days": True, "withdrawal_seizure_or_delirium_ever": True}
IOP_PLACED = ["iop+medication_for_addiction+drug_testing+family_program"]


def found(by, client, stated=None, **changed):
    """A recommendation for someone, made now unless said otherwise."""
    usual = {"criteria_id": "general-adult-admission", "at": clock.now()}
    return make_recommendation(
        client_id=client.pk, stated=stated or IOP, by=by, **{**usual, **changed}
    )


def in_days(days):
    """A day from today, by the clock of the tests' organization."""
    return clock.today("America/New_York") + timedelta(days=days)
