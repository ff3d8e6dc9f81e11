"""The demo's consents: most people in care have signed, families are told what was agreed, one took
it back, one runs out in five days; and what has left the house since.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from handrail.areas.clients import models as clients_models
from handrail.areas.consents import models as consents_models
from handrail.core import consents as rules
from handrail.core.consent_text import written
from handrail.core.consents import (
    CARE_CLASSES,
    CARE_PURPOSES,
    EVERYTHING,
    ConsentKind,
    Content,
    Ended,
    Named,
    Purpose,
    RecipientKind,
)
from handrail.core.disclosure import OWN_ACCESS, STATEMENT
from handrail.data import consent_wording
from handrail.demo.charts import Chart
from handrail.demo.house import House

ENDS = "When I end care here, or when I take it back"
EVERY_SO_MANY = 17
"""One in so many has not signed yet."""
TOLD = {
    "in_care": Content.IN_CARE,
    "attendance": Content.ATTENDANCE,
    "progress": Content.PROGRESS,
}
DOCTOR, PLAN = "Dr. Amara Quist, Scioto Family Medicine", "Prairie Mutual Health"
_SIGNATURE = [[[60, 140], [110, 60], [150, 150], [200, 80], [250, 140], [330, 95], [420, 130]]]


@dataclass(slots=True)
class Paper:
    """A consent with whom it names, before and after it is signed."""

    row: consents_models.Consent
    named: tuple[Named, ...]
    signed: bool = True
    signed_at: datetime | None = None
    client_name: str = ""
    witness: str = ""
    revoked_at: datetime | None = None
    revoked_by: str = ""
    said: str = ""


@dataclass(slots=True)
class Papers:
    """Everything about consents that one house has on file."""

    house: House
    by: str
    kept: list[Paper] = field(default_factory=list)

    def add(
        self,
        chart: Chart,
        kind: ConsentKind,
        named: Sequence[Named],
        contents: Collection[Content],
        purposes: Collection[Purpose],
        at: datetime,
        *,
        expires: date | None = None,
    ) -> Paper:
        """Write a consent out, signed a few minutes later."""
        name = f"{chart.person.given} {chart.person.family}"
        asked = rules.Consent(
            id="",
            kind=kind,
            client=name,
            discloser=self.house.name,
            named=tuple(named),
            contents=frozenset(contents),
            purposes=frozenset(purposes),
            text="",
            expires_on=expires,
            expires_when="" if expires else ENDS,
            asked_alone=kind is ConsentKind.FAMILY,
        )
        text = written(asked, consent_wording())
        row = consents_models.Consent(
            id=self.house.key("consent", chart.person.name, kind, len(self.kept)),
            organization_id=self.house.organization_id,
            client_id=chart.client_id,
            kind=kind.value,
            client_name=name,
            discloser=self.house.name,
            contents=[one.value for one in Content if one in asked.contents],
            purposes=[one.value for one in Purpose if one in asked.purposes],
            expires_date=expires,
            expires_when=asked.expires_when,
            asked_alone=asked.asked_alone,
            wording=consent_wording().version,
            text=text,
            text_sha256=sha256(text.encode()).hexdigest(),
            prepared_at=at,
            prepared_by=self.by,
        )
        paper = Paper(
            row, asked.named, signed_at=at + timedelta(minutes=6), client_name=name, witness=self.by
        )
        self.kept.append(paper)
        return paper

    def save(self) -> None:
        """Unsigned first, then whom they name, then the signatures: nobody is added later."""
        consents_models.Consent.objects.bulk_create(one.row for one in self.kept)
        consents_models.ConsentRecipient.objects.bulk_create(
            consents_models.ConsentRecipient(
                id=self.house.key("recipient", one.row.pk, i),
                organization_id=self.house.organization_id,
                consent=one.row,
                kind=named.kind.value,
                name=named.name,
                contact_id=named.contact_id,
                through=named.through,
            )
            for one in self.kept
            for i, named in enumerate(one.named)
        )
        signed = [one for one in self.kept if one.signed]
        for one in signed:
            _sign(one)
        consents_models.Consent.objects.bulk_update(
            [one.row for one in signed],
            [
                "signed_at", "signed_date", "signed_name", "signed_how", "signed_where", "drawn",
                "witnessed_by", "ended_at", "ended_date", "ended", "ended_by", "ended_how",
                "ended_why",
            ],
        )  # fmt: skip


def write_consents(house: House, charts: Sequence[Chart], intake: str) -> None:
    """Everything about consents of a house, families and what has left included."""
    papers = _care_papers(house, charts, intake)
    families = list(_family_papers(papers, _in_care(charts)))
    _take_one_back(house, families)
    papers.save()
    _untold(families)
    _write_notices(house, _in_care(charts), intake)
    _write_disclosures(house, papers, families)


def write_care_consents(house: House, charts: Sequence[Chart], intake: str) -> None:
    """The single consents of a house, and its notices."""
    _care_papers(house, charts, intake).save()
    _write_notices(house, _in_care(charts), intake)


def _in_care(charts: Iterable[Chart]) -> list[Chart]:
    return [one for one in charts if one.closed is None]


def _care_papers(house: House, charts: Sequence[Chart], intake: str) -> Papers:
    papers = Papers(house, intake)
    for i, chart in enumerate(_in_care(charts)):
        paper = papers.add(
            chart,
            ConsentKind.CARE,
            [Named(one) for one in CARE_CLASSES],
            EVERYTHING,
            CARE_PURPOSES,
            house.at(chart.opened, 10, 30),
            expires=house.day + timedelta(days=5) if i == 2 else None,
        )
        paper.signed = i % EVERY_SO_MANY != 5
    return papers


def _family_papers(papers: Papers, charts: Sequence[Chart]) -> Iterable[Paper]:
    """Whoever may be told something at any time has it signed."""
    for chart in charts:
        for contact in chart.person.contacts:
            told = [TOLD[one] for one in contact.may_know if one in TOLD]
            if not told:
                continue
            key = papers.house.key("contact", chart.person.name, contact.name)
            yield papers.add(
                chart,
                ConsentKind.FAMILY,
                [Named(RecipientKind.CONTACT, contact.name, str(key))],
                told,
                {Purpose.FAMILY_SUPPORT},
                papers.house.at(chart.opened, 10, 45),
                expires=chart.opened + timedelta(days=365),
            )


def _take_one_back(house: House, families: Sequence[Paper]) -> None:
    """The last family consent was taken back six days ago, by telephone."""
    taken = families[-1]
    taken.revoked_at = house.at(house.days_ago(6), 11, 20)
    taken.revoked_by = house.staff["owen"].name
    taken.said = "Would rather tell them in person from now on"


def _sign(one: Paper) -> None:
    if one.signed_at is None:
        return
    row = one.row
    row.signed_at, row.signed_date = one.signed_at, one.signed_at.date()
    row.signed_name, row.signed_how, row.signed_where = one.client_name, "drawn", "here"
    row.drawn, row.witnessed_by = _SIGNATURE, one.witness
    if one.revoked_at:
        row.ended_at, row.ended_date = one.revoked_at, one.revoked_at.date()
        row.ended, row.ended_by = Ended.REVOKED.value, one.revoked_by
        row.ended_how, row.ended_why = "phone", one.said


def _untold(families: Sequence[Paper]) -> None:
    """A contact whose consent was taken back may be told nothing and is not called."""
    gone = [UUID(named.contact_id) for one in families if one.revoked_at for named in one.named
            if named.contact_id]  # fmt: skip
    clients_models.Contact.objects.filter(pk__in=gone).update(may_know=[], call_if_missed=False)


def _write_notices(house: House, charts: Sequence[Chart], intake: str) -> None:
    shipped = consent_wording().notice
    first = min(one.opened for one in charts)
    notice = consents_models.NoticeText.objects.create(
        id=house.key("notice", shipped.version),
        organization_id=house.organization_id,
        version=shipped.version,
        text=shipped.text,
        text_sha256=sha256(shipped.text.encode()).hexdigest(),
        made_at=house.at(first, 10),
        made_by=intake,
    )
    consents_models.NoticeGiven.objects.bulk_create(
        consents_models.NoticeGiven(
            id=house.key("notice given", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            notice=notice,
            signed_name="" if i == 3 else f"{chart.person.given} {chart.person.family}",
            not_signed_why="Took it home to read first" if i == 3 else "",
            given_at=house.at(chart.opened, 10, 25),
            given_by=intake,
        )
        for i, chart in enumerate(charts)
    )


# ---- what has left -----------------------------------------------------------------------------


def _write_disclosures(house: House, papers: Papers, families: Sequence[Paper]) -> None:
    care = [one for one in papers.kept if one.row.kind == ConsentKind.CARE and one.signed]
    told = families[0]
    consents_models.Disclosure.objects.bulk_create(
        [
            _left(house, care[0], 9, RecipientKind.TREATING_PROVIDER, DOCTOR, Purpose.TREATMENT,
                  [Content.DIAGNOSES, Content.MEDICINES], "List of medicines for the new doctor",
                  "fax", "ruth"),
            _left(house, care[0], 4, RecipientKind.PAYER, PLAN, Purpose.PAYMENT,
                  [Content.ATTENDANCE], "Dates of attendance for October", "mail", "owen"),
            _left(house, care[1], 7, RecipientKind.PAYER, PLAN, Purpose.PAYMENT,
                  [Content.RECOMMENDATION], "Recommended level of care, for review", "fax", "owen"),
            _left(house, told, 5, RecipientKind.CONTACT, told.named[0].name,
                  Purpose.FAMILY_SUPPORT, [Content.ATTENDANCE], "That they came on Monday",
                  "phone", "mara"),
            _own_copy(house, care[1]),
            _waiting(house, care[3]),
            _stopped(house, families[-1]),
        ]
    )  # fmt: skip


def _left(
    house: House,
    under: Paper,
    days: int,
    kind: RecipientKind,
    name: str,
    purpose: Purpose,
    contents: Sequence[Content],
    what: str,
    how: str,
    by: str,
) -> consents_models.Disclosure:
    made = _disclosure(house, under, days, kind, name, purpose, contents, what, by)
    made.state, made.how = "sent", how
    made.left_at, made.left_by = made.asked_at, made.asked_by
    return made


def _disclosure(
    house: House,
    under: Paper,
    days: int,
    kind: RecipientKind,
    name: str,
    purpose: Purpose,
    contents: Sequence[Content],
    what: str,
    by: str,
) -> consents_models.Disclosure:
    """Something that waits, under a consent."""
    contact = under.named[0].contact_id if kind is RecipientKind.CONTACT else None
    return consents_models.Disclosure(
        id=house.key("disclosure", under.row.pk, what),
        organization_id=house.organization_id,
        client_id=under.row.client_id,
        recipient_kind=kind.value,
        recipient_name=name,
        contact_id=UUID(contact) if contact else None,
        purpose=purpose.value,
        contents=[one.value for one in contents],
        what=what,
        consent_id=under.row.pk,
        statement=STATEMENT,
        scope=_scope(under),
        state="queued",
        asked_at=house.at(house.days_ago(days), 15, 10),
        asked_by=house.staff[by].name,
    )


def _scope(under: Paper) -> str:
    row = under.row
    return rules.scope(
        rules.Consent(
            id=str(row.pk),
            kind=ConsentKind(row.kind),
            client=row.client_name,
            discloser=row.discloser,
            named=under.named,
            contents=frozenset(Content(one) for one in row.contents),
            purposes=frozenset(Purpose(one) for one in row.purposes),
            text=row.text,
            expires_on=row.expires_date,
            expires_when=row.expires_when,
            signed_on=row.signed_date,
        )
    )


def _own_copy(house: House, under: Paper) -> consents_models.Disclosure:
    made = _left(
        house, under, 3, RecipientKind.CLIENT, under.client_name, Purpose.AT_MY_REQUEST,
        [Content.COURSE], f"Dates of sessions ({OWN_ACCESS})", "printed", "ines",
    )  # fmt: skip
    made.consent_id, made.statement = None, ""
    made.scope = (
        "A copy of their own record for the client. What: my course: dates, sessions and last day."
    )
    return made


def _waiting(house: House, under: Paper) -> consents_models.Disclosure:
    return _disclosure(
        house, under, 1, RecipientKind.TREATING_PROVIDER, DOCTOR, Purpose.TREATMENT,
        [Content.PROGRESS], "Letter to the doctor about how it is going", "mara",
    )  # fmt: skip


def _stopped(house: House, under: Paper) -> consents_models.Disclosure:
    made = _disclosure(
        house, under, 8, RecipientKind.CONTACT, under.named[0].name, Purpose.FAMILY_SUPPORT,
        [Content(under.row.contents[0])], "Call after the family hour", "mara",
    )  # fmt: skip
    made.state, made.stopped_at = "stopped", under.revoked_at
    made.stopped_by, made.stopped_why = under.revoked_by, "The client took the consent back."
    return made
