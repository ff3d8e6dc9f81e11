"""A row of any table that belongs to an organization, made from what its columns ask for."""

from datetime import date, datetime, time
from uuid import UUID, uuid4

import psycopg
from django.apps import apps
from django.db import models
from psycopg.types.json import Jsonb

FITTING = {
    "worklist_workitem": {
        "about_nobody": True,
        "facts": Jsonb({}),
        "closed_by": "",
        "assigned_by": "",
        "snooze_reason": "",
        "snoozed_by": "",
    },
    "clients_episode": {"outcome": "", "closed_by": ""},
    "clients_listed": {"kind": "allergy", "severity": "", "voided_by": "", "void_reason": ""},
    "clients_contact": {"ended_by": "", "may_know": []},
    "assessment_assessment": {
        "state": "draft",
        "content": "",
        "content_hash": "",
        "signed_name": "",
        "co_signed_name": "",
        "voided_by": "",
        "void_reason": "",
    },
    "assessment_assessedfinding": {"reason": "", "is_correction": False},
    "assessment_outsideresult": {"voided_by": "", "void_reason": ""},
    "clients_chartdraft": {"document": "assessment"},
    "safety_safetyplan": {"content_hash": "0" * 64},
    "clients_baselineentry": {"kind": "hiv"},
    "clients_outsideprofessional": {"kind": "therapist", "ended_by": ""},
    "counseling_counselingnote": {"session": "", "signed_name": ""},
    "safety_flag": {"kind": "suicide_risk", "closed_by": "", "formulation": ""},
    "clients_levelstay": {},
    "coverage_payer": {"kind": "medicaid", "ended_by": ""},
    "coverage_coverage": {
        "rank": "primary",
        "subscriber": "self",
        "voided_by": "",
        "void_reason": "",
    },
    "coverage_benefitcheck": {"how": "phone", "active": "yes", "network": "in"},
    "coverage_benefitlevel": {
        "covered": "yes",
        "authorization": "no",
        "copay_per": "day",
        "deductible_applies": "unknown",
    },
    "coverage_houserate": {"voided_by": "", "void_reason": ""},
    "coverage_slidingscale": {"limits": [100], "pays": [10], "voided_by": "", "void_reason": ""},
    "coverage_houseonpaper": {"npi": ""},
    "consents_consent": {
        "kind": "care",
        "contents": ["in_care"],
        "purposes": ["treatment"],
        "signed_name": "",
        "signed_how": "",
        "signed_where": "",
        "witnessed_by": "",
        "ended": "",
        "ended_by": "",
    },
    "consents_consentrecipient": {"kind": "payer"},
    "consents_noticegiven": {"not_signed_why": ""},
    "consents_restriction": {"recipient_kind": "payer", "answer": "agreed", "ended_by": ""},
    "consents_disclosure": {
        "recipient_kind": "client",
        "purpose": "at_my_request",
        "contents": ["in_care"],
        "exception": "",
        "state": "queued",
        "left_by": "",
        "stopped_by": "",
        "stopped_why": "",
    },
    "schedule_track": {"days": [0]},
    "schedule_session": {
        "state": "planned",
        "moved_how": "",
        "ends_at": datetime.fromisoformat("2026-11-24T02:00:00+00:00"),
    },
    "schedule_enrollment": {"days": []},
    "admission_firstcontact": {"done_by": "", "words": ""},
    "waitlist_waitingplace": {
        "interim": [],
        "interim_by": "",
        "ended_how": "",
        "ended_words": "",
        "ended_by": "",
    },
    "waitlist_waitingattempt": {"way": "call", "outcome": "no_answer"},
    "schedule_makeup": {"canceled_by": ""},
    "enrollment_attendance": {"status": "", "excuse": "", "counts": False},
    "enrollment_appointment": {"service": "family"},
    "notes_note": {
        "state": "signed",
        "co_signed_name": "",
        "locked_by": "",
        "voided_by": "",
        "void_reason": "",
    },
    "referrals_referral": {"state": "prepared", "ended_by": ""},
    "referrals_referralstep": {"state": "prepared"},
    "referrals_referraltouch": {"done_by": "", "words": ""},
    "recommendations_ruletext": {"sha256": "0" * 64},
    "recommendations_recommendation": {"voided_by": "", "void_reason": ""},
    "recommendations_confirmation": {
        "level": "",
        "reason_code": "",
        "reason": "",
        "co_signed_by": "",
    },
    "ledger_position": {"party": "payer", "sequence": ["iop"]},
    "ledger_agreement": {
        "sequence": ["iop"],
        "accepted_by": ["client"],
        "review_date": date(2026, 12, 1),
    },
    "ledger_informedrefusal": {
        "sequence": ["iop"],
        "needs": ["withdrawal_care_24h"],
        "call_again_date": date(2026, 11, 24),
    },
    "inquiries_inquiry": {
        "caller_is": "self",
        "source": "phone",
        "safe_to_leave_message": "",
        "stage": "new",
        "next_step_date": date(2026, 11, 24),
        "closed_by": "",
        "closed_why": "",
    },
    "screening_screening": {"voice": "me", "ended_by": "", "outcome": ""},
    "screening_screeninganswer": {"who": "person"},
    "inquiries_inquirytrace": {"kind": "name"},
    "inquiries_inquiryevent": {"kind": "taken", "how": "", "result": "", "stage": "new"},
    "inquiries_confided": {"kept_from": "person"},
    "outreach_outreach": {"outcome": "", "closed_by": ""},
    "outreach_outreachattempt": {"kind": "call", "result": "reached"},
    "schedule_workinghours": {
        "weekday": 0,
        "start": time(9),
        "end": time(17),
        "from_date": date(2026, 11, 23),
    },
    "schedule_timeaway": {
        "ends_at": datetime.fromisoformat("2026-11-24T02:00:00+00:00"),
        "canceled_by": "",
    },
    "booking_screeningslot": {
        "minutes": 30,
        "ends_at": datetime.fromisoformat("2026-11-23T23:30:00+00:00"),
        "how": "phone",
        "room": "",
        "withdrawn_by": "",
    },
    "booking_booking": {"state": "booked", "ended_by": ""},
    "booking_letter": {"kind": "reminder", "channel": "mail", "state": "waiting"},
    "booking_publishedprogram": {"state": "OH"},
}
"""What a table asks for beyond some value of the right kind, where it is not the first choice."""

_OF_A_KIND = {
    models.UUIDField: uuid4,
    models.DateTimeField: lambda: datetime.fromisoformat("2026-11-23T23:00:00+00:00"),
    models.DateField: lambda: date(2026, 11, 23),
    models.TimeField: lambda: time(18),
    models.BooleanField: lambda: False,
    models.JSONField: lambda: Jsonb([]),
    models.IntegerField: lambda: 1,
    models.BinaryField: lambda: b"x",
    models.CharField: lambda: "x",
    models.TextField: lambda: "x",
}


def insert(
    connection: psycopg.Connection, table: str, organization: UUID, made: dict[str, object], **given
):
    """Insert a row into `table`, pointing at rows in `made` (key by table), which it joins."""
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    values = {}
    for field in model._meta.concrete_fields:
        if field.column == "organization_id":
            values["organization_id"] = organization
        elif field.is_relation:
            if not field.null:
                values[field.column] = made[field.related_model._meta.db_table]
        elif not field.null and not isinstance(field, models.BigAutoField):
            values[field.column] = _some_value(field)
    values |= FITTING.get(table, {}) | given
    columns = ", ".join(f'"{one}"' for one in values)
    places = ", ".join(["%s"] * len(values))
    made[table] = connection.execute(
        f'insert into {table} ({columns}) values ({places}) returning "{model._meta.pk.column}"',
        list(values.values()),
    ).fetchone()[0]


def _some_value(field):
    for kind, value in _OF_A_KIND.items():
        if isinstance(field, kind):
            return value()
    return []
