"""What a client reads before they sign: every form says all that the law asks of it."""

from dataclasses import replace

import pytest

from handrail.core.consent_text import written
from handrail.core.consents import (
    CARE_CLASSES,
    EVERYTHING,
    ConsentKind,
    Content,
    Named,
    RecipientKind,
)
from handrail.data import consent_wording
from tests.core.test_disclosure import CARE, TODAY

WORDING = consent_wording()


@pytest.mark.parametrize("kind", ConsentKind)
def test_every_form_names_client_discloser_content_recipient_purpose_and_end(kind):
    named = (Named(RecipientKind.OTHER, "Dr. Reyes"),)
    some = replace(
        CARE,
        kind=kind,
        named=named,
        contents=frozenset({Content.MEDICINES}),
        purposes=kind.purposes,
        expires_on=TODAY,
    )
    text = written(some, WORDING)
    assert text.startswith(WORDING.forms[kind].title)
    for part in (
        "Joy Okonkwo",
        "Alder Street",
        "my medicines and allergies",
        "Dr. Reyes",
        *(one.words for one in kind.purposes),
        "November 24, 2026",
        "take this back at any time",
        "If I do not sign" if kind is ConsentKind.CARE else "do not have to sign",
    ):
        assert part in text
    assert "{" not in text


def test_the_single_consent_names_classes_the_whole_record_and_what_hipaa_lets_them_do():
    text = written(replace(CARE, named=tuple(map(Named, CARE_CLASSES))), WORDING)
    assert (
        "To whom: my treating providers; my health plans and third-party payers;"
        " people helping to operate this program." in text
    )
    assert "my whole record of care here, except counseling notes" in text
    assert "HIPAA" in text
    assert "civil, criminal, administrative or legislative proceeding" in text
    assert "This ends: none." in text
    assert CARE.contents == EVERYTHING


def test_an_intermediary_is_written_with_its_members():
    exchange = Named(RecipientKind.INTERMEDIARY, "Valley exchange")
    by_name = Named(RecipientKind.TREATING_PROVIDER, "Dr. Reyes", through=True)
    those_who_treat = replace(by_name, name="")
    some = replace(CARE, kind=ConsentKind.INTERMEDIARY, named=(exchange, by_name, those_who_treat))
    said = "Valley exchange, and through it only: Dr. Reyes; my treating providers"
    assert said in written(some, WORDING)


def test_a_court_consent_says_from_when_it_can_be_taken_back():
    some = replace(CARE, kind=ConsentKind.CRIMINAL_JUSTICE, not_before=TODAY)
    assert "I can take it back from November 24, 2026 on" in written(some, WORDING)


def test_the_notice_says_the_exceptions_and_the_rights():
    text = WORDING.notice.text
    for part in ("medical emergency", "subpoena", "three years", "paid for a service in full"):
        assert part in text
