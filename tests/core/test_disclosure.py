"""The gate's laws, for every consent there could be: nothing leaves without cover."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handrail.core.consents import (
    CARE_CLASSES,
    CARE_PURPOSES,
    EVERYTHING,
    Consent,
    ConsentKind,
    Content,
    Ended,
    Named,
    Purpose,
    Recipient,
    RecipientKind,
    cannot_take_back,
    deficiencies,
    problems_of_form,
    scope,
    standing,
)
from handrail.core.disclosure import (
    OWN_ACCESS,
    STATEMENT,
    Asked,
    Covered,
    Exception_,
    ExceptionKind,
    NotCovered,
    Restriction,
    decide,
)

TODAY = date(2026, 11, 24)
DAYS = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))
NAMES = st.sampled_from(("Dr. Reyes", "Prairie Mutual", "County court", ""))
CONTACTS = st.sampled_from((None, "ada", "ben"))
CONTENTS = st.frozensets(st.sampled_from(Content), max_size=5)
PURPOSES = st.frozensets(st.sampled_from(Purpose), max_size=3)
NAMED = st.builds(Named, st.sampled_from(RecipientKind), NAMES, CONTACTS, st.booleans())
ANY = st.builds(
    Consent,
    id=st.sampled_from("abc"),
    kind=st.sampled_from(ConsentKind),
    client=st.sampled_from(("Joy Okonkwo", "")),
    discloser=st.sampled_from(("Alder Street", "")),
    named=st.lists(NAMED, max_size=3).map(tuple),
    contents=CONTENTS,
    purposes=PURPOSES,
    text=st.sampled_from(("I agree", "")),
    expires_on=st.none() | DAYS,
    expires_when=st.sampled_from(("", "when I leave")),
    signature=st.sampled_from(("Joy", "")),
    signed_on=st.none() | DAYS,
    asked_alone=st.booleans(),
    not_before=st.none() | DAYS,
    ended_on=st.none() | DAYS,
    ended=st.none() | st.sampled_from(Ended),
)


@st.composite
def whole(draw, kinds=tuple(ConsentKind)):
    """A consent that is complete and signed by TODAY, of any of these forms."""
    kind = draw(st.sampled_from(kinds))
    contents = draw(st.frozensets(st.sampled_from(sorted(kind.contents)), min_size=1))
    purposes = draw(st.frozensets(st.sampled_from(sorted(kind.purposes)), min_size=1))
    return Consent(
        id=draw(st.sampled_from("abc")),
        kind=kind,
        client="Joy Okonkwo",
        discloser="Alder Street",
        named=draw(_whom(kind)),
        contents=contents,
        purposes=purposes,
        text="I agree",
        expires_on=draw(st.none() | st.dates(TODAY, TODAY + timedelta(days=400))),
        expires_when="when I leave",
        signature="Joy Okonkwo",
        signed_on=draw(st.dates(TODAY - timedelta(days=400), TODAY)),
        asked_alone=True,
    )


def _whom(kind):
    if kind is ConsentKind.CARE:
        classes = st.lists(st.sampled_from(CARE_CLASSES), min_size=1, unique=True)
        return classes.map(lambda kinds: tuple(Named(one) for one in kinds))
    if kind is ConsentKind.FAMILY:
        return st.just((Named(RecipientKind.CONTACT, "Ada", "ada"),))
    if kind is ConsentKind.INTERMEDIARY:
        member = Named(RecipientKind.TREATING_PROVIDER, through=True)
        return st.just((Named(RecipientKind.INTERMEDIARY, "Valley exchange"), member))
    return st.sampled_from(sorted(kind.recipients)).map(lambda one: (Named(one, "Dr. Reyes"),))


ASKED = st.builds(
    Asked,
    st.builds(Recipient, st.sampled_from(RecipientKind), NAMES, CONTACTS),
    st.sampled_from(Purpose),
    CONTENTS,
    DAYS,
)
LIMITS = st.builds(
    Restriction, st.sampled_from(RecipientKind), NAMES, CONTENTS, DAYS, st.none() | DAYS
)
EXCEPTIONS = st.builds(
    Exception_,
    st.sampled_from(ExceptionKind),
    why=st.sampled_from(("", "Found unconscious")),
    works_at=st.sampled_from(("", "County Hospital")),
    court=st.sampled_from(("", "District Court")),
    order=st.sampled_from(("", "24-113")),
    order_date=st.none() | DAYS,
    subpoena=st.sampled_from(("", "S-9")),
    agreement=st.sampled_from(("", "Board approval 7")),
    agreement_until=st.none() | DAYS,
)


def as_asked(consent, **more):
    """Exactly what a consent covers, of the first it names."""
    first = consent.named[0]
    details = {
        "recipient": Recipient(first.kind, first.name or "Someone", first.contact_id),
        "purpose": min(consent.purposes),
        "contents": consent.contents,
        "on": TODAY,
    } | more
    return Asked(**details)


# ---- the laws ----------------------------------------------------------------------------------


@given(ASKED, st.lists(ANY | whole(), max_size=4), st.lists(LIMITS, max_size=2))
def test_nothing_leaves_without_cover(asked, consents, limits):
    """What is covered is covered by one consent that holds and reaches every part of it."""
    found = decide(asked, consents, limits)
    if isinstance(found, NotCovered):
        assert found.reasons
        return
    if asked.recipient.kind is RecipientKind.CLIENT:
        assert (found.by, found.consent_id) == (OWN_ACCESS, None)
        return
    under = [one for one in consents if one.id == found.consent_id]
    assert any(
        standing(one, asked.on).holds
        and asked.contents <= one.contents
        and asked.purpose in one.purposes
        and any(named.is_(asked.recipient) for named in one.named)
        and found.scope == scope(one)
        for one in under
    )
    assert not any(one.holds_back(asked) for one in limits)
    assert found.statement == STATEMENT


@given(whole())
def test_a_whole_consent_covers_what_it_says(consent):
    assert deficiencies(consent) == ()
    found = decide(as_asked(consent), [consent], [])
    assert isinstance(found, Covered)
    assert found.consent_id == consent.id


@given(ASKED, ANY, st.sampled_from(Ended))
def test_what_was_taken_back_or_replaced_never_covers(asked, consent, ended):
    assume(asked.recipient.kind is not RecipientKind.CLIENT)
    over = replace(consent, ended=ended, ended_on=asked.on)
    assert isinstance(decide(asked, [over], []), NotCovered)


@given(whole(), st.integers(0, 100))
def test_it_stops_on_the_very_day_it_is_taken_back(consent, days):
    over = replace(consent, ended=Ended.REVOKED, ended_on=TODAY)
    assert isinstance(
        decide(as_asked(consent, on=TODAY + timedelta(days=days)), [over], []), NotCovered
    )


@given(whole(), st.integers(1, 100))
def test_it_stops_the_day_after_its_last(consent, days):
    over = replace(consent, expires_on=TODAY)
    assert isinstance(decide(as_asked(over), [over], []), Covered)
    later = decide(as_asked(over, on=TODAY + timedelta(days=days)), [over], [])
    assert later == NotCovered((f"The consent “{over.kind.words}” has run out.",))


@given(whole(), st.sampled_from(("client", "discloser", "text", "signature")))
def test_a_deficient_consent_never_covers(consent, field):
    lacking = replace(consent, **{field: " "})
    assert deficiencies(lacking)
    assert isinstance(decide(as_asked(consent), [lacking], []), NotCovered)


@given(ASKED, st.lists(ANY | whole(), max_size=4), st.none() | EXCEPTIONS)
def test_counseling_notes_leave_only_by_their_own_consent(asked, consents, exception):
    asked = replace(asked, contents=asked.contents | {Content.COUNSELING_NOTES})
    found = decide(asked, consents, [], exception)
    if isinstance(found, Covered):
        assert asked.contents == {Content.COUNSELING_NOTES}
        covering = [one for one in consents if one.id == found.consent_id]
        assert any(one.kind is ConsentKind.COUNSELING_NOTES for one in covering)


@given(whole(), st.sampled_from(Purpose), st.sampled_from(Content))
def test_consents_that_stand_apart_are_never_combined(consent, purpose, content):
    """With legal proceedings or counseling notes added, any other form is deficient."""
    for_law = replace(consent, purposes=consent.purposes | {Purpose.LEGAL_PROCEEDING, purpose})
    if len(for_law.purposes) > 1:
        assert deficiencies(for_law)
    with_notes = replace(consent, contents=consent.contents | {Content.COUNSELING_NOTES, content})
    if len(with_notes.contents) > 1:
        assert deficiencies(with_notes)


@given(whole(), ASKED)
def test_a_court_is_told_only_by_the_consent_made_for_it(consent, asked):
    asked = replace(
        asked,
        recipient=Recipient(RecipientKind.COURT_OR_SUPERVISION, "Dr. Reyes"),
        purpose=Purpose.CRIMINAL_JUSTICE,
    )
    if isinstance(decide(asked, [consent], []), Covered):
        assert consent.kind is ConsentKind.CRIMINAL_JUSTICE


@given(
    whole([ConsentKind.INTERMEDIARY]),
    st.frozensets(st.sampled_from(Content), min_size=1),
    st.sampled_from(sorted(CARE_PURPOSES)),
)
def test_a_member_gets_something_only_through_the_intermediary(consent, contents, purpose):
    direct = Recipient(RecipientKind.TREATING_PROVIDER, "Dr. Reyes")
    assert isinstance(decide(Asked(direct, purpose, contents, TODAY), [consent], []), NotCovered)


@given(whole([ConsentKind.FAMILY]))
def test_a_family_member_is_the_one_on_file_and_not_one_of_the_same_name(consent):
    namesake = as_asked(consent, recipient=Recipient(RecipientKind.CONTACT, "Ada", "ben"))
    nobody = as_asked(consent, recipient=Recipient(RecipientKind.CONTACT, "Ada"))
    for asked in (namesake, nobody):
        assert isinstance(decide(asked, [consent], []), NotCovered)


@given(whole(), st.data())
def test_a_restriction_holds_back_what_a_consent_would_let_out(consent, data):
    asked = as_asked(consent)
    some = data.draw(st.frozensets(st.sampled_from(sorted(asked.contents))))
    limit = Restriction(asked.recipient.kind, "", some, since=TODAY)
    assert isinstance(decide(asked, [consent], [limit]), NotCovered)
    others = Restriction(asked.recipient.kind, "Somebody else", some)
    over = replace(limit, since=date.min, until=TODAY - timedelta(days=1))
    later = replace(limit, since=TODAY + timedelta(days=1))
    assert isinstance(decide(asked, [consent], [others, over, later]), Covered)


def test_a_restriction_of_some_contents_leaves_the_others():
    limit = Restriction(RecipientKind.PAYER, "prairie  MUTUAL", frozenset({Content.DIAGNOSES}))
    bill = Asked(
        Recipient(RecipientKind.PAYER, "Prairie Mutual"),
        Purpose.PAYMENT,
        frozenset({Content.ATTENDANCE}),
        TODAY,
    )
    assert isinstance(decide(bill, [CARE], [limit]), Covered)
    more = replace(bill, contents=frozenset({Content.ATTENDANCE, Content.DIAGNOSES}))
    assert isinstance(decide(more, [CARE], [limit]), NotCovered)


# ---- treatment, payment, operations ------------------------------------------------------------

CARE = Consent(
    id="care",
    kind=ConsentKind.CARE,
    client="Joy Okonkwo",
    discloser="Alder Street",
    named=tuple(Named(one) for one in CARE_CLASSES),
    contents=EVERYTHING,
    purposes=CARE_PURPOSES,
    text="I agree",
    expires_when="none",
    signature="Joy Okonkwo",
    signed_on=TODAY,
)


@pytest.mark.parametrize("kind", CARE_CLASSES)
@pytest.mark.parametrize("purpose", sorted(CARE_PURPOSES))
@pytest.mark.parametrize("content", sorted(EVERYTHING))
def test_one_consent_covers_those_who_treat_pay_and_help_to_operate(kind, purpose, content):
    asked = Asked(Recipient(kind, "Anyone at all"), purpose, frozenset({content}), TODAY)
    assert isinstance(decide(asked, [CARE], []), Covered)


@pytest.mark.parametrize("kind", sorted(set(RecipientKind) - {*CARE_CLASSES, RecipientKind.CLIENT}))
def test_it_covers_nobody_else(kind):
    """A registry too needs a consent that names it (42 CFR 2.34, 2.36)."""
    asked = Asked(Recipient(kind, "Anyone"), Purpose.TREATMENT, frozenset({Content.NOTES}), TODAY)
    assert decide(asked, [CARE], []) == NotCovered(("No consent on file names this recipient.",))


def test_of_several_consents_the_narrowest_is_the_one_that_goes_along():
    narrow = replace(
        CARE,
        id="narrow",
        kind=ConsentKind.NAMED,
        named=(Named(RecipientKind.PAYER, "Prairie Mutual"),),
        contents=frozenset({Content.ATTENDANCE}),
        purposes=frozenset({Purpose.PAYMENT}),
    )
    asked = Asked(
        Recipient(RecipientKind.PAYER, "prairie mutual"),
        Purpose.PAYMENT,
        frozenset({Content.ATTENDANCE}),
        TODAY,
    )
    assert decide(asked, [CARE, narrow], []).by == "narrow"


# ---- what a form must have ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"named": ()}, "recipients"),
        ({"named": (Named(RecipientKind.ATTORNEY, "A"),)}, "recipients"),
        ({"named": (Named(RecipientKind.PAYER, through=True),)}, "recipients"),
        ({"kind": ConsentKind.NAMED}, "recipients"),
        (
            {
                "kind": ConsentKind.FAMILY,
                "named": (Named(RecipientKind.CONTACT, "Ada"),),
                "purposes": frozenset({Purpose.FAMILY_SUPPORT}),
                "asked_alone": True,
            },
            "recipients",
        ),
        ({"contents": frozenset()}, "contents"),
        ({"purposes": frozenset()}, "purposes"),
        ({"purposes": frozenset({Purpose.AUDIT})}, "purposes"),
        ({"expires_when": " "}, "expires"),
        ({"expires_on": TODAY - timedelta(days=1)}, "expires"),
        ({"not_before": TODAY}, "not_before"),
    ],
)
def test_what_is_missing_is_said_by_field(wrong, field):
    assert set(problems_of_form(replace(CARE, **wrong))) == {field}


EXCHANGE = Named(RecipientKind.INTERMEDIARY, "Valley exchange")
MEMBER = Named(RecipientKind.TREATING_PROVIDER, "Dr. Reyes", through=True)


@pytest.mark.parametrize(
    ("named", "complete"),
    [
        ((EXCHANGE, MEMBER), True),
        ((EXCHANGE, replace(MEMBER, name="")), True),
        ((EXCHANGE,), False),
        ((MEMBER,), False),
        ((EXCHANGE, EXCHANGE, MEMBER), False),
        ((replace(MEMBER, through=False), MEMBER), False),
        ((replace(EXCHANGE, name=""), MEMBER), False),
        ((EXCHANGE, replace(EXCHANGE, through=True)), False),
    ],
)
def test_an_intermediary_is_named_with_its_members_or_those_who_treat(named, complete):
    consent = replace(CARE, kind=ConsentKind.INTERMEDIARY, named=named)
    assert ("recipients" not in problems_of_form(consent)) is complete


def test_family_consents_need_the_client_asked_alone():
    consent = replace(
        CARE,
        kind=ConsentKind.FAMILY,
        named=(Named(RecipientKind.CONTACT, "Ada", "ada"),),
        purposes=frozenset({Purpose.FAMILY_SUPPORT}),
    )
    assert set(problems_of_form(consent)) == {"asked_alone"}


def court(**more):
    return replace(
        CARE,
        kind=ConsentKind.CRIMINAL_JUSTICE,
        named=(Named(RecipientKind.COURT_OR_SUPERVISION, "County court"),),
        purposes=frozenset({Purpose.CRIMINAL_JUSTICE}),
        **more,
    )


def test_a_court_consent_may_bar_taking_it_back_for_a_time_but_not_beyond_its_end():
    until = TODAY + timedelta(days=10)
    assert problems_of_form(court(not_before=until)) == {}
    assert problems_of_form(court(not_before=until, expires_on=until)) == {}
    ends_before = court(not_before=until, expires_on=TODAY)
    assert set(problems_of_form(ends_before)) == {"not_before"}
    assert cannot_take_back(court(not_before=until), TODAY).endswith("from Dec 4, 2026 on.")
    assert cannot_take_back(court(not_before=until), until) == ""
    assert cannot_take_back(court(), TODAY) == ""


def test_what_ended_already_is_not_taken_back_again():
    over = replace(CARE, ended=Ended.RENEWED, ended_on=TODAY)
    assert cannot_take_back(over, TODAY) == "This consent was replaced by a newer one already."


def test_a_consent_holds_from_its_signature_until_what_ends_it():
    assert standing(CARE, TODAY - timedelta(days=1)).words == "is not signed on that day yet"
    ends = replace(CARE, ended=Ended.REVOKED, ended_on=TODAY + timedelta(days=1))
    assert standing(ends, TODAY).holds
    assert not standing(replace(ends, ended_on=None), TODAY).holds


def test_a_false_consent_never_held():
    false = replace(CARE, ended=Ended.FALSE, ended_on=TODAY + timedelta(days=9))
    assert standing(false, TODAY).words == "is known to be false"


def test_the_scope_says_to_whom_what_and_until_when():
    said = scope(replace(CARE, expires_on=TODAY))
    assert "signed Nov 24, 2026" in said
    assert "my treating providers; my health plans" in said
    assert "the whole record, except counseling notes kept apart" in said
    assert "Ends: until Nov 24, 2026." in said
    some = scope(replace(CARE, contents=frozenset({Content.MEDICINES}), signed_on=None))
    assert "What: my medicines and allergies." in some
    assert "signed" not in some
    assert "Ends: none." in some


def test_everyone_named_has_words():
    assert Named(RecipientKind.ATTORNEY).words == "attorney"
    for one in (*RecipientKind, *Purpose, *Content, *ConsentKind, *Ended, *ExceptionKind):
        assert one.words


# ---- without asking anyone ---------------------------------------------------------------------

TREATS = Recipient(RecipientKind.MEDICAL_PERSONNEL, "Dr. Park")


def asked_under(kind, **more):
    details = {
        "recipient": Recipient(min(kind.recipients), "Somebody"),
        "purpose": kind.purpose,
        "contents": frozenset({Content.IN_CARE}),
        "on": TODAY,
    } | more
    return Asked(**details)


COMPLETE = {
    ExceptionKind.MEDICAL_EMERGENCY: {"why": "Unconscious", "works_at": "County Hospital"},
    ExceptionKind.ABUSE_REPORT: {"why": "A child with bruises"},
    ExceptionKind.CRIME: {"why": "A window broken in the group room"},
    ExceptionKind.COURT_ORDER: {
        "court": "District Court",
        "order": "24-113",
        "order_date": TODAY,
        "subpoena": "S-9",
    },
    ExceptionKind.RESEARCH: {"agreement": "Board 7", "agreement_until": TODAY},
    ExceptionKind.AUDIT: {"agreement": "Contract 3", "agreement_until": TODAY},
}


@pytest.mark.parametrize("kind", ExceptionKind)
def test_an_exception_with_all_the_law_asks_for_lets_it_out(kind):
    limits = [Restriction(one) for one in RecipientKind]
    found = decide(asked_under(kind), [], limits, Exception_(kind, **COMPLETE[kind]))
    assert isinstance(found, Covered)
    assert (found.by, found.consent_id, found.statement) == (kind, None, STATEMENT)
    assert kind.words.lower() in found.scope


@pytest.mark.parametrize(
    ("kind", "lacks"), [(kind, field) for kind, fields in COMPLETE.items() for field in fields]
)
def test_an_exception_lacking_anything_lets_nothing_out(kind, lacks):
    given_ = COMPLETE[kind] | {lacks: None if lacks.endswith(("date", "until")) else " "}
    assert isinstance(decide(asked_under(kind), [CARE], [], Exception_(kind, **given_)), NotCovered)


@given(ASKED, EXCEPTIONS, st.lists(ANY | whole(), max_size=2))
def test_an_exception_never_reaches_beyond_its_purpose_recipients_and_contents(
    asked, exception, consents
):
    found = decide(asked, consents, [], exception)
    if isinstance(found, Covered):
        kind = exception.kind
        assert asked.purpose is kind.purpose
        assert asked.recipient.kind in kind.recipients
        assert asked.contents <= kind.contents
        assert found.by == kind


def test_a_subpoena_alone_never_releases():
    kind = ExceptionKind.COURT_ORDER
    alone = Exception_(kind, subpoena="S-9", order_date=TODAY)
    found = decide(asked_under(kind), [], [], alone)
    assert found == NotCovered(
        ("A subpoena alone releases nothing. Name the court and its order.",)
    )


def test_an_order_of_tomorrow_and_an_agreement_of_yesterday_release_nothing():
    later = Exception_(
        ExceptionKind.COURT_ORDER,
        **COMPLETE[ExceptionKind.COURT_ORDER] | {"order_date": TODAY + timedelta(days=1)},
    )
    over = Exception_(ExceptionKind.AUDIT, agreement="x", agreement_until=TODAY - timedelta(days=1))
    for one in (later, over):
        assert isinstance(decide(asked_under(one.kind), [], [], one), NotCovered)


@pytest.mark.parametrize("kind", [ExceptionKind.ABUSE_REPORT, ExceptionKind.CRIME])
def test_police_and_child_protection_hear_who_and_where_and_nothing_of_the_care(kind):
    asked = asked_under(kind, contents=frozenset({Content.IN_CARE, Content.DIAGNOSES}))
    found = decide(asked, [], [], Exception_(kind, why="x"))
    assert found == NotCovered(("This exception does not reach so far: leave out my diagnoses.",))


# ---- the person themself -----------------------------------------------------------------------


@given(CONTENTS.filter(bool), st.sampled_from(Purpose), st.lists(LIMITS, max_size=2))
def test_a_person_gets_their_own_record_whatever_else_is_on_file(contents, purpose, limits):
    own = Asked(Recipient(RecipientKind.CLIENT, "Joy Okonkwo"), purpose, contents, TODAY)
    found = decide(own, [], limits)
    if Content.COUNSELING_NOTES in contents:
        assert isinstance(found, NotCovered)
    else:
        assert (found.by, found.statement) == (OWN_ACCESS, "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contents": frozenset()}, "Say what is to be disclosed."),
        ({"recipient": Recipient(RecipientKind.PAYER, " ")}, "Say who gets it, by name."),
    ],
)
def test_what_is_asked_says_what_and_to_whom(wrong, said):
    asked = replace(as_asked(CARE), **wrong)
    assert decide(asked, [CARE], []) == NotCovered((said,))


def test_why_not_is_said_of_every_consent_that_names_them():
    asked = as_asked(
        CARE, purpose=Purpose.AT_MY_REQUEST, contents=frozenset({Content.COUNSELING_NOTES})
    )
    other = replace(CARE, purposes=frozenset({Purpose.AT_MY_REQUEST}), kind=ConsentKind.NAMED)
    named = replace(other, named=(Named(asked.recipient.kind, "Someone"),))
    care = "The consent “Treatment, payment and operations” is not for at the client’s own request."
    by_name = (
        "The consent “A person or place by name” does not cover counseling notes that are kept"
        " apart from my record."
    )
    assert decide(asked, [CARE, named], []).reasons == (care, by_name)
