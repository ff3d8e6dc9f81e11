"""How inquiries are said on the pages of the staff."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handrail.areas.inquiries.models import CallerIs, Inquiry, InquiryEvent, MessageSafe
from handrail.core.inquiries import Stage
from handrail.data import care_catalogue, deadlines
from handrail.web.kit import filters

STAGE = {
    Stage.NEW: "New",
    Stage.REACHED: "Reached",
    Stage.SCREENING: "Screening",
    Stage.SCREENED: "Screened",
    Stage.BOOKED: "Booked",
    Stage.WAITING: "Waiting list",
    Stage.REFERRED: "Referred out",
    Stage.ADMITTED: "Admitted",
    Stage.CLOSED: "Closed",
}

FIELD = {
    "caller_name": "the caller’s name",
    "caller_phone": "the caller’s number",
    "caller_email": "the caller’s e-mail",
    "caller_is": "who the caller is",
    "caller_relation": "the caller’s relation",
    "caller_organization": "the caller’s organization",
    "source": "how it came in",
    "given_name": "the given name",
    "family_name": "the family name",
    "called": "the name they go by",
    "birth_date": "the birth date",
    "phone": "the person’s number",
    "email": "the person’s e-mail",
    "language": "the language",
    "zip_code": "the ZIP code",
    "safe_to_leave_message": "whether a message may be left",
    "ask_for": "whom to ask for",
    "about": "what it is about",
    "wanted": "what is wished for",
    "mandated_by": "who mandates it",
    "mandated_level": "the level mandated",
    "mandated_by_date": "the date of the mandate",
}
"""What each detail is called in a log line."""


def stage(value: str) -> str:
    """Where an inquiry stands, in words."""
    return STAGE[Stage(value)]


def person(inquiry: Inquiry) -> str:
    """Who it is about; where nobody said, whom the caller means."""
    return inquiry.person_name or f"Someone {inquiry.caller_name} called about"


def caller(inquiry: Inquiry) -> str:
    """Who asked: empty when it is the person themself, under the same name."""
    if inquiry.caller_is == CallerIs.SELF:
        return ""
    relation = inquiry.caller_relation or str(inquiry.get_caller_is_display())
    more = [inquiry.caller_name, relation[:1].lower() + relation[1:], inquiry.caller_organization]
    return ", ".join(one for one in more if one)


def level(code: str) -> str:
    """A level or an acute place by its plain name; empty for none."""
    return care_catalogue().name(code) if code else ""


def day(value: date, today: date) -> str:
    """Today, tomorrow, 3 days overdue, Mon, Nov 30."""
    days = (value - today).days
    if days < 0:
        return f"{filters.counted(-days, 'day')} overdue"
    if days < 2:
        return filters.until(days)
    return filters.short_day(value)


def message(inquiry: Inquiry) -> str:
    """Whether a message may be left, as an instruction."""
    return {
        MessageSafe.FULL: "A message may be left, saying who we are.",
        MessageSafe.NEUTRAL: "A message may be left with a first name and a number only.",
        MessageSafe.NO: "Leave no message.",
        MessageSafe.NOT_ASKED: "Leave no message: nobody asked yet whether it is safe.",
    }[MessageSafe(inquiry.safe_to_leave_message)]


def mandate(inquiry: Inquiry, today: date) -> tuple[str, str]:
    """The mark and the words of a mandate; both empty for none."""
    if not inquiry.mandated_by:
        return "", ""
    said = f"Mandated by {inquiry.mandated_by}"
    if inquiry.mandated_level:
        said += f": {level(inquiry.mandated_level)}"
    until = inquiry.mandated_by_date
    if until is None:
        return "wait", said
    days = (until - today).days
    if days < 0:
        return "watch", f"{said}, by {filters.short_day(until)}: ran out {filters.until(days)}"
    kind = "watch" if days <= deadlines().mandate_ends.days else "wait"
    return kind, f"{said}, by {filters.short_day(until)} ({filters.until(days)})"


def waited(inquiry: Inquiry, now: datetime, zone: str) -> str:
    """How long ago it came: 20 min ago, today, 4 days ago."""
    local = ZoneInfo(zone)
    days = (now.astimezone(local).date() - inquiry.came_at.astimezone(local).date()).days
    return f"{filters.lasting(now - inquiry.came_at)} ago" if days < 1 else filters.until(-days)


def event(one: InquiryEvent) -> str:
    """What happened, in a few words."""
    if one.kind == InquiryEvent.Kind.ATTEMPT:
        return f"{one.get_how_display()}: {str(one.get_result_display()).lower()}"
    if one.kind == InquiryEvent.Kind.CHANGED:
        fields = [FIELD.get(name, name) for name in one.words.split(", ")]
        return f"Changed: {', '.join(fields)}"
    if one.kind == InquiryEvent.Kind.CARRIED_ON:
        return f"Carried on: {stage(one.stage).lower()}"
    return str(one.get_kind_display())
