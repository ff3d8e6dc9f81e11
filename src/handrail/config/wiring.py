"""What each slice contributes, in the one list there is: who comes in here is part of the site."""

DUE = (
    "handrail.areas.organizations.due",
    "handrail.areas.clients.selectors.due_flags",
    "handrail.areas.safety.selectors.due_safety",
    "handrail.areas.consents.selectors.due_consents",
    "handrail.areas.inquiries.selectors.due_inquiries",
    "handrail.areas.screening.selectors.due_screening",
    "handrail.areas.assessment.selectors.due_assessments",
    "handrail.areas.ledger.selectors.due_ledger",
    "handrail.areas.placement.selectors.due_referrals",
    "handrail.areas.programs.selectors.due_agreements",
    "handrail.areas.programs.selectors.due_bookings",
    "handrail.areas.programs.selectors.due_endings",
    "handrail.areas.programs.selectors.due_first_days",
    "handrail.areas.programs.selectors.due_notes",
    "handrail.areas.programs.selectors.due_outreach",
    "handrail.areas.programs.selectors.due_waiting",
)
"""Modules with the kinds of due item of a slice (areas/worklist/kinds.py)."""

DUE_LINES = (
    "handrail.web.staff.admission.due",
    "handrail.web.staff.assessment.due",
    "handrail.web.staff.clients.due",
    "handrail.web.staff.consents.due",
    "handrail.web.staff.due_licenses",
    "handrail.web.staff.due_notes",
    "handrail.web.staff.due_outreach",
    "handrail.web.staff.groups.due",
    "handrail.web.staff.inquiries.due",
    "handrail.web.staff.ledger.due",
    "handrail.web.staff.referrals.due",
    "handrail.web.staff.safety_plan.due",
    "handrail.web.staff.screening.due",
    "handrail.web.staff.slots.due",
    "handrail.web.staff.waiting.due",
)
"""Modules that say those items on the page (web/staff/worklist/lines.py)."""
