"""Rules and wording as data: reads the files that ship with Handrail and hands them to the core."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from handrail.core.admission import FirstContactRule, read_first_contacts
from handrail.core.assessment import Wording as AssessmentWording
from handrail.core.assessment import read_wording as read_assessment_wording
from handrail.core.check import Check, read_check
from handrail.core.check_advice import Advice, read_advice
from handrail.core.consent_text import ConsentWording, read_consent_wording
from handrail.core.course.templates import CourseRules, CourseTemplate, read_rules, read_templates
from handrail.core.dangers import Dangers, read_dangers
from handrail.core.deadlines import Deadlines
from handrail.core.emergencies import Emergency, read_emergencies
from handrail.core.findings import Definition, read_catalogue
from handrail.core.ledger.rules import LedgerRules, read_ledger_rules
from handrail.core.levels import Care, read_care
from handrail.core.listings import Words as LocatorWords
from handrail.core.listings import read_words as read_locator_words
from handrail.core.needs import read_needs
from handrail.core.notes.rules import NoteRules, read_note_rules
from handrail.core.placement.criteria import CriteriaError, CriteriaSet, read_criteria
from handrail.core.referrals import ContactRules, read_contact_rules
from handrail.core.safety_plan import Wording as SafetyPlanWording
from handrail.core.safety_plan import read_wording as read_safety_plan_wording
from handrail.core.screening.script import Script, read_script
from handrail.core.waiting import WaitingRules, read_waiting
from handrail.data.instruments import shipped_instruments
from handrail.data.languages import ENGLISH, in_language

GENERAL_ADMISSION = "general-adult-admission"


def read_text(name: str) -> str:
    """The text of a data file, by its name under this package: "criteria/medicare-iop.toml"."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def read_table(name: str, language: str = ENGLISH) -> dict[str, Any]:
    """The content of a TOML data file, with the words that readers see in a language."""
    return in_language(language, name, tomllib.loads(read_text(name)))


@cache
def findings_catalogue(language: str = ENGLISH) -> dict[str, Definition]:
    """Every finding that a criteria set may read, by code."""
    return read_catalogue(read_table("findings.toml", language)["finding"])


@cache
def care_catalogue(language: str = ENGLISH) -> Care:
    """Levels of care, acute places, facets and the needs that they answer."""
    needs = read_needs(read_table("needs.toml", language)["need"])
    return read_care(read_table("levels.toml", language), needs)


@cache
def criteria_ids() -> tuple[str, ...]:
    """The ids of the criteria sets that ship with Handrail, the general one first."""
    names = (entry.name for entry in files(__name__).joinpath("criteria").iterdir())
    ids = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return tuple(sorted(ids, key=lambda id: id != GENERAL_ADMISSION))


@cache
def criteria_set(id: str = GENERAL_ADMISSION, language: str = ENGLISH) -> CriteriaSet:
    """A criteria set that ships with Handrail, by id. Raises CriteriaError for another id."""
    if id not in criteria_ids():
        raise CriteriaError(f"no criteria set {id!r}; expected one of {', '.join(criteria_ids())}")
    name = f"criteria/{id}.toml"
    return read_criteria(
        read_table(name, language),
        source=name,
        catalogue=findings_catalogue(language),
        care=care_catalogue(language),
    )


@cache
def check_table(language: str = ENGLISH) -> dict[str, Any]:
    """Everything the private check says: its questions, and the words of its result."""
    return read_table("check.toml", language)


@cache
def private_check(language: str = ENGLISH) -> Check:
    """The questions of the private check, in the order they are asked."""
    return read_check(check_table(language), findings_catalogue(language))


@cache
def dangers(language: str = ENGLISH) -> Dangers:
    """What the private check says in danger, one way for each kind."""
    return read_dangers(read_table("dangers.toml", language), private_check(language))


@cache
def check_advice() -> Advice:
    """What the private check advises beside a level: decisions with their sources."""
    return read_advice(read_table("check_advice.toml"), private_check())


@cache
def _course_table() -> dict[str, Any]:
    return read_table("course_templates.toml")


@cache
def course_templates() -> dict[str, CourseTemplate]:
    """The usual shapes of a course, by id: iop, php, sop."""
    return read_templates(_course_table()["template"])


@cache
def course_rules() -> CourseRules:
    """The numbers that a course is counted by: group sizes, payers' minutes, outreach clocks."""
    return read_rules(_course_table())


@cache
def deadlines() -> Deadlines:
    """By when staff do what they owe, and how long before something ends they are told."""
    return Deadlines.read(read_table("deadlines.toml"))


@cache
def note_rules() -> NoteRules:
    """What notes are checked by before they are signed."""
    return read_note_rules(read_table("notes.toml"))


@cache
def screening_table() -> dict[str, Any]:
    """Everything said in a screening call: its questions, and what to do in an emergency."""
    return read_table("screening.toml")


@cache
def screening_script() -> Script:
    """The questions of the screening call, in the order they are asked."""
    instruments = {one.id: one for one in shipped_instruments()}
    return read_script(screening_table(), findings_catalogue(), instruments)


@cache
def emergencies() -> tuple[Emergency, ...]:
    """What to say and whom to call when something is wrong during a screening call."""
    return read_emergencies(screening_table())


@cache
def safety_plan_wording(language: str = ENGLISH) -> SafetyPlanWording:
    """What a safety plan asks for, and how long it holds before it is looked at again. What stands
    on the person's page is in a language; what is asked aloud stays English.
    """
    return read_safety_plan_wording(read_table("safety_plan.toml", language))


@cache
def ledger_rules() -> LedgerRules:
    """Reasons for an override, and what people commonly ask for."""
    return read_ledger_rules(read_table("ledger.toml"), care_catalogue())


@cache
def locator_table() -> dict[str, Any]:
    """The words of the national treatment locator, and what they mean."""
    return read_table("locator.toml")


@cache
def locator_words() -> LocatorWords:
    """What the words of the national treatment locator mean."""
    return read_locator_words(locator_table())


@cache
def consent_wording() -> ConsentWording:
    """The words of consents and of the notice about confidentiality."""
    return read_consent_wording(read_table("consents.toml"))


@cache
def assessment_wording() -> AssessmentWording:
    """What an assessment asks, and until when it is to be done."""
    return read_assessment_wording(read_table("assessment.toml"))


@cache
def referral_contacts() -> ContactRules:
    """When we get in touch about someone who was referred to other care."""
    return read_contact_rules(read_table("referrals.toml"))


@cache
def first_contact_rules() -> tuple[FirstContactRule, ...]:
    """When we get in touch with someone who has just been admitted."""
    return read_first_contacts(read_table("admission.toml"))


@cache
def waiting_rules() -> WaitingRules:
    """Who comes first on the waiting list, what is offered meanwhile, and how often we call."""
    return read_waiting(read_table("waiting.toml"))
