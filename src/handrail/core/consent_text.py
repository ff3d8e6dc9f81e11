"""The exact text that a client reads and signs, put together from the wording of each form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.core.consents import (
    EVERYTHING,
    Consent,
    ConsentKind,
    Content,
    Named,
    Purpose,
    RecipientKind,
)


@dataclass(frozen=True, slots=True)
class FormWording:
    """The sentences of one form of consent."""

    title: str
    opening: str
    after: str
    without: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice about confidentiality that ships with Handrail."""

    version: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsentWording:
    """All words of consents and notices, with their version."""

    version: str
    sentences: Mapping[str, str]
    taking_back: Mapping[str, str]
    forms: Mapping[ConsentKind, FormWording]
    notice: Notice


def read_consent_wording(table: Mapping[str, Any]) -> ConsentWording:
    """Read data/consents.toml. Every form must have its words; KeyError names what is missing."""
    forms = {kind: FormWording(**table["kind"][kind.value]) for kind in ConsentKind}
    notice = table["notice"]
    return ConsentWording(
        version=table["version"],
        sentences=table["text"],
        taking_back=table["taking_back"],
        forms=forms,
        notice=Notice(notice["version"], notice["title"], notice["text"].strip()),
    )


def written(consent: Consent, wording: ConsentWording) -> str:
    """The text of a consent, paragraphs apart by an empty line, the title first."""
    form, says = wording.forms[consent.kind], wording.sentences
    who = {"client": consent.client, "discloser": consent.discloser}
    goals = ", ".join(one.words for one in Purpose if one in consent.purposes)
    paragraphs = (
        form.title,
        says["whose"],
        form.opening,
        says["who"],
        says["told"].replace("{told}", _told(consent, says)),
        says["to"].replace("{to}", _to(consent, says)),
        says["goals"].replace("{goals}", goals),
        _until(consent, says),
        says["least"],
        _taking_back(consent, wording),
        form.after,
        form.without,
    )
    return "\n\n".join(_filled(one, who) for one in paragraphs)


def _told(consent: Consent, says: Mapping[str, str]) -> str:
    if consent.contents == EVERYTHING:
        return says["everything"]
    return "; ".join(one.words for one in Content if one in consent.contents)


def _to(consent: Consent, says: Mapping[str, str]) -> str:
    members = [one for one in consent.named if one.through]
    itself = [one for one in consent.named if not one.through]
    if not members:
        return "; ".join(one.words for one in itself)
    through = says["through"].replace("{intermediary}", "; ".join(one.words for one in itself))
    return through.replace("{members}", "; ".join(_member(one) for one in members))


def _member(named: Named) -> str:
    """A class of members is limited to those who treat the client."""
    return named.words if named.name else Named(RecipientKind.TREATING_PROVIDER).words


def _until(consent: Consent, says: Mapping[str, str]) -> str:
    if consent.expires_on:
        return says["until_day"].replace("{day}", _day(consent.expires_on))
    return says["until_event"].replace("{event}", consent.expires_when)


def _taking_back(consent: Consent, wording: ConsentWording) -> str:
    if consent.not_before is None:
        return wording.taking_back["usual"]
    return wording.taking_back["later"].replace("{day}", _day(consent.not_before))


def _filled(text: str, who: Mapping[str, str]) -> str:
    for field, value in who.items():
        text = text.replace("{" + field + "}", value)
    return text


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
