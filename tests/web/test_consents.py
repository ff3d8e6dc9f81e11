"""Pages of consents and of what leaves: taking them, taking them back, and every refusal."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.areas.clients import services as clients_services
from handrail.areas.consents import services as consents_services
from handrail.areas.consents.models import Consent, Disclosure, NoticeGiven, Restriction
from handrail.demo.accounts import PASSWORD
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import some_client, some_episode
from tests.areas.consents.consents import (
    CLASSES,
    disclosing,
    family_consent,
    signed_by,
    some_consent,
)
from tests.staff import confirm, sign_in
from tests.web.test_clients import words

pytestmark = pytest.mark.django_db


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


@pytest.fixture
def joy(program):
    """A client at Alder Street, in care, with a contact on file."""
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
        client.ada = clients_services.record_contact(
            client_id=client.pk, name="Ada Okonkwo", relationship="sibling", phone="555-0100",
            by=by, at=clock.now(),
        )  # fmt: skip
    return client


@pytest.fixture
def ines(program, client):
    return sign_in(client, program, "ines")


@pytest.fixture
def care(program, joy):
    """Joy's consent for treatment, payment and operations."""
    with tenancy.within(program.alder):
        return some_consent(program.actor("ruth"), joy, at=clock.now())


def prepare(browser, joy, **typed):
    details = {"kind": "care", "classes": ["treating_provider", "payer", "operations"],
               "expires_when": "When I leave"} | typed  # fmt: skip
    return browser.post(at("consent_new", client_id=joy.pk), details)


# ---- the tab -----------------------------------------------------------------------------------


def test_without_a_consent_the_tab_says_that_nobody_may_be_told(ines, joy):
    said = words(ines.get(at("chart_consents", client_id=joy.pk)))
    assert "No consent holds. Nobody may be told anything" in said
    assert "Not given yet" in said


def test_the_tab_shows_who_may_be_told_what_until_when_and_what_was_taken_back(
    ines, joy, program, care
):
    with tenancy.within(program.alder):
        family_consent(program.actor("ruth"), joy, joy.ada, at=clock.now())
    said = words(ines.get(at("chart_consents", client_id=joy.pk)))
    assert "Their treating providers; their health plans" in said
    assert "Ada Okonkwo A family member or friend" in said
    assert "Whether they came" in said
    assert "Nov 24, 2027" in said
    ines.post(at("consent_revoke", consent_id=care.pk), {"said_how": "phone"})
    over = words(ines.get(at("chart_consents", client_id=joy.pk))).split("No longer holds")[1]
    assert "Was taken back" in over
    assert "Their treating providers" in over


def test_no_title_or_address_holds_a_name(ines, joy, care):
    for place in (
        at("chart_consents", client_id=joy.pk),
        at("consent", consent_id=care.pk),
        at("consent_copy", consent_id=care.pk),
        at("disclosures", client_id=joy.pk),
        at("notice_give", client_id=joy.pk),  # the last: with it the screen is handed over
    ):
        page = ines.get(place).content.decode()
        named = " ".join(re.findall(r'(?:href|action)="([^"]*)"|<title>(.*?)</title>', page)[0])
        assert "joy" not in named.lower()


def test_a_consent_that_runs_out_soon_stands_on_today_until_it_is_renewed(ines, joy, program):
    today = clock.today("America/New_York")
    with tenancy.within(program.alder):
        by = program.actor("ruth")
        soon = some_consent(by, joy, expires_date=today + timedelta(days=5), at=clock.now())
    said = words(ines.get("/staff"))
    assert "Treatment, payment and operations: renew it" in said
    assert "(in 5 days)" in said
    with tenancy.within(program.alder):
        new = consents_services.renew_consent(
            consent_id=soon.pk, expires_when="When I leave", by=by, at=clock.now()
        )
        consents_services.sign_consent(
            consent_id=new.pk, signature=signed_by(joy), by=by, at=clock.now()
        )
    assert "operations: renew it" not in words(ines.get("/staff"))


def test_about_says_whether_a_contact_is_told_by_signature_or_by_word(ines, joy, program):
    by, about = program.actor("ruth"), at("chart_about", client_id=joy.pk)
    with tenancy.within(program.alder):
        clients_services.record_contact(
            client_id=joy.pk, name="Ben", relationship="friend", may_know=["in_care"],
            by=by, at=clock.now(),
        )  # fmt: skip
    assert "The client’s word; no consent is signed." in words(ines.get(about))
    with tenancy.within(program.alder):
        family_consent(by, joy, joy.ada, at=clock.now())
    assert "May know: whether they came. Signed." in words(ines.get(about))


# ---- taking one --------------------------------------------------------------------------------


def test_a_consent_is_prepared_read_and_signed(ines, joy, program):
    answer = prepare(ines, joy)
    (made,) = rows(program, Consent)
    assert answer.headers["Location"] == at("consent", consent_id=made.pk)
    page = words(ines.get(at("consent_sign", consent_id=made.pk)))
    for paragraph in made.text.split("\n\n"):
        assert paragraph in page
    assert "Timeline" not in page
    drawn = json.dumps([[[number, number] for number in range(20)]])
    answer = ines.post(
        at("consent_sign", consent_id=made.pk), {"name": "joy okonkwo", "strokes": drawn}
    )
    assert "Thank you. It is signed." in words(ines.get(answer.headers["Location"]))
    (kept,) = rows(program, Consent)
    assert (kept.signed_how, kept.signed_where, kept.witnessed_by) == (
        "drawn",
        "here",
        "Ines Caldera",
    )
    confirm(ines)
    shown = ines.get(at("consent", consent_id=made.pk)).content.decode()
    assert kept.text_sha256 in shown
    assert 'd="M0 0 L1 1' in shown
    assert "take this back at any time" in words(ines.get(at("consent_copy", consent_id=made.pk)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Type the name of who signs"),
        ({"name": "Somebody Else"}, "Type the name as the text has it: Joy Okonkwo"),
        ({"name": "Joy Okonkwo", "strokes": "["}, "could not be read"),
        ({"name": "Joy Okonkwo", "strokes": "{}"}, "Sign in the field"),
        ({"name": "Joy Okonkwo", "strokes": "[[[1,1]]]"}, "Sign in the field"),
        ({"name": "Joy Okonkwo", "where": "nowhere"}, "Say how and where"),
    ],
)
def test_what_is_no_signature_is_not_taken_and_nothing_typed_is_lost(
    ines, joy, program, typed, said
):
    prepare(ines, joy)
    (made,) = rows(program, Consent)
    answer = ines.post(at("consent_sign", consent_id=made.pk), typed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert f'value="{typed["name"]}"' in answer.content.decode()
    assert rows(program, Consent)[0].signed_at is None


def test_a_signed_consent_is_not_signed_again(ines, care, program):
    place = at("consent_sign", consent_id=care.pk)
    assert "Thank you" in words(ines.post(place, {"name": "Joy Okonkwo"}))
    assert len(rows(program, AuditEntry, action="consent.record")) == 1


def test_one_signed_on_paper_is_recorded(ines, joy, program):
    prepare(ines, joy)
    (made,) = rows(program, Consent)
    place = at("consent_paper", consent_id=made.pk)
    assert "Say how and where" in words(ines.post(place, {"name": "Joy Okonkwo"}))
    ines.post(place, {"name": "Joy Okonkwo", "where": "elsewhere"})
    assert rows(program, Consent)[0].signed_how == "paper"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"classes": []}, "it names nobody"),
        ({"expires_when": ""}, "Say until when"),
        ({"expires_date": "2/30/2027"}, "That is not a day"),
        ({"kind": "family", "contents": ["in_care"]}, "Ask the client alone first"),
        ({"kind": "family", "contact": "", "asked_alone": "1"}, "it names nobody"),
        ({"kind": "named", "to_0": "payer", "name_0": "Prairie"}, "at least one thing"),
        ({"kind": "named", "contents": ["notes"]}, "it names nobody"),
        ({"kind": "intermediary", "intermediary": "Valley", "contents": ["notes"]},
         "which members"),
        ({"kind": "criminal_justice", "names": "\n", "contents": ["notes"]}, "it names nobody"),
    ],
)  # fmt: skip
def test_a_form_that_lacks_something_says_what_and_keeps_what_was_typed(
    ines, joy, program, typed, said
):
    answer = prepare(ines, joy, **{"expires_when": "When it is over"} | typed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert (typed.get("expires_when", "When it is over")) in answer.content.decode()
    assert not rows(program, Consent)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"kind": "named", "to_0": "attorney", "name_0": "Mr. Hale", "to_1": "other",
             "name_1": "Ms. Ito", "contents": ["attendance"]},
            "To whom: Mr. Hale; Ms. Ito.",
        ),
        (
            {"kind": "intermediary", "intermediary": "Valley", "everyone": "1",
             "contents": ["medicines"]},
            "Valley, and through it only: my treating providers",
        ),
        (
            {"kind": "intermediary", "intermediary": "Valley", "members": "Dr. A\nDr. B",
             "contents": ["medicines"]},
            "through it only: Dr. A; Dr. B",
        ),
        (
            {"kind": "criminal_justice", "names": "County drug court", "contents": ["attendance"]},
            "To whom: County drug court.",
        ),
        (
            {"kind": "legal_proceeding", "to_0": "attorney", "name_0": "Mr. Hale",
             "contents": ["course"]},
            "What for: a legal proceeding.",
        ),
        (
            {"kind": "counseling_notes", "to_0": "treating_provider", "name_0": "Dr. A",
             "purposes": ["treatment"]},
            "counseling notes that are kept apart from my record.",
        ),
    ],
)  # fmt: skip
def test_every_kind_is_written_out(ines, joy, program, typed, said):
    assert prepare(ines, joy, **typed).status_code == 302
    assert said in rows(program, Consent)[0].text
    form = ines.get(at("consent_new", client_id=joy.pk), {"kind": typed["kind"]})
    assert form.status_code == 200


def test_a_family_consent_names_the_contact_on_file(ines, joy, program):
    prepare(ines, joy, kind="family", contact=str(joy.ada.pk), asked_alone="1",
            contents=["attendance"])  # fmt: skip
    assert "To whom: Ada Okonkwo." in rows(program, Consent)[0].text


def test_an_unknown_kind_is_the_usual_one(ines, joy):
    said = words(ines.get(at("consent_new", client_id=joy.pk), {"kind": "everything"}))
    assert "New consent: Treatment, payment and operations" in said


# ---- taking back, renewing, ending -------------------------------------------------------------


def test_someone_else_who_takes_the_call_takes_it_back_and_what_waits_stops(
    ines, joy, program, care, django_client
):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        consents_services.queue_disclosure(
            **disclosing(by, joy, at=clock.now()) | {"subject": "referral:1"}
        )
    owen = sign_in(django_client(), program, "owen")
    answer = owen.post(at("consent_revoke", consent_id=care.pk), {"said_how": ""})
    assert (answer.status_code, "Say how they took it back" in words(answer)) == (400, True)
    owen.post(at("consent_revoke", consent_id=care.pk), {"said_how": "phone", "why": "Moved"})
    said = words(ines.get(at("chart_consents", client_id=joy.pk)))
    assert "The client took the consent back." in said
    assert rows(program, Disclosure)[0].state == "stopped"
    assert "by phone: Moved" in words(ines.get(at("consent", consent_id=care.pk)))


def test_a_consent_is_renewed_with_another_end(ines, program, care):
    place = at("consent_renew", consent_id=care.pk)
    assert ines.post(place, {}).status_code == 400
    answer = ines.post(place, {"expires_date": "11/24/2028"})
    assert "Have it signed" in words(ines.get(answer.headers["Location"]))


def test_a_consent_ends_with_a_reason(ines, program, care):
    place = at("consent_end", consent_id=care.pk)
    assert "Say what happened" in words(ines.post(place, {"ended": "event"}))
    ines.post(place, {"ended": "event", "why": "Left today"})
    assert rows(program, Consent)[0].ended_why == "Left today"


def test_a_prepared_consent_is_put_away_and_a_signed_one_is_not(ines, joy, program, care):
    answer = ines.post(at("consent_put_away", consent_id=care.pk))
    assert "The client can take it back" in words(answer)
    prepare(ines, joy)
    (made,) = rows(program, Consent, signed_at__isnull=True)
    ines.post(at("consent_put_away", consent_id=made.pk))
    assert rows(program, Consent, pk=made.pk)[0].ended == "not_signed"


def test_what_a_court_relies_on_is_not_taken_back_yet(ines, joy, program):
    prepare(ines, joy, kind="criminal_justice", names="County drug court",
            contents=["attendance"], not_before="1/5/2190")  # fmt: skip
    (made,) = rows(program, Consent)
    ines.post(at("consent_paper", consent_id=made.pk), {"name": "Joy Okonkwo", "where": "here"})
    assert "can be taken back from Jan 5, 2190" in words(
        ines.get(at("consent", consent_id=made.pk))
    )
    answer = ines.post(at("consent_revoke", consent_id=made.pk), {"said_how": "phone"})
    assert answer.status_code == 403
    assert rows(program, Consent)[0].ended == ""


# ---- publishing a notice -----------------------------------------------------------------------


def test_a_version_is_published_given_and_seen_by_whom(ines, joy, program, django_client):
    ada = sign_in(django_client(), program, "ada", program.alder)
    assert "medical emergency" in words(ada.get(at("notices")))
    assert ada.post(at("notice_publish"), {"version": "2027"}).status_code == 400
    kept = ada.post(at("notice_publish"), {"version": "", "text": "Kept as typed."})
    assert "Kept as typed." in words(kept)
    ada.post(at("notice_publish"), {"version": "2027", "text": "We keep it to ourselves."})
    again = ada.post(at("notice_publish"), {"version": "2027", "text": "Something else."})
    assert "A version is never changed" in words(again)
    place = at("notice_give", client_id=joy.pk)
    assert "We keep it to ourselves." in words(ines.get(place))
    ines.post(place, {"name": "Joy Okonkwo"})
    page = words(ada.get(at("notices")))
    assert "2027: given now" in page
    assert "Acknowledged 1, given without a signature 0" in page
    assert "Okonkwo" not in page  # who administers accounts reads no charts
    director = words(sign_in(django_client(), program, "paul", program.alder).get(at("notices")))
    assert re.search(r"Joy Okonkwo 2027 .{5,60} acknowledged", director)
    assert "Publish it" not in director


# ---- a screen in the client's hands ------------------------------------------------------------


def test_while_it_is_handed_over_every_other_address_asks_for_it_back(ines, joy, program):
    confirm(ines)  # that they showed who they are a moment before does not open it
    prepare(ines, joy)
    (made,) = rows(program, Consent)
    ines.get(at("consent_sign", consent_id=made.pk))
    others = (
        at("chart", client_id=joy.pk),
        at("consent", consent_id=made.pk),
        at("consent_copy", consent_id=made.pk),
        reverse("staff:today"),
        reverse("staff:switch"),
        reverse("mfa_index"),
        reverse("account_change_password"),
        "/staff/nothing-here",
    )
    for address in others:
        answer = ines.get(address, follow=True)
        assert "Please hand this back" in words(answer), address
        assert "Okonkwo" not in words(answer), address
    answer = ines.post(at("consent_put_away", consent_id=made.pk), follow=True)
    assert "Please hand this back" in words(answer)
    assert rows(program, Consent)[0].ended == ""
    data = ines.get(reverse("staff:again"), headers={"accept": "application/json"})
    assert (data.status_code, data.content) == (401, b"")
    assert "Sign here" in words(ines.get(at("consent_sign", consent_id=made.pk)))


def test_after_signing_it_is_handed_back_with_the_password_and_goes_on(ines, joy, program):
    prepare(ines, joy)
    (made,) = rows(program, Consent)
    place = at("consent_sign", consent_id=made.pk)
    ines.get(place)
    assert "Thank you" in words(ines.post(place, {"name": "Joy Okonkwo"}, follow=True))
    onward = at("chart_consents", client_id=joy.pk)
    asked = ines.get(onward, follow=True)
    assert "Please hand this back" in words(asked)
    confirming = f"{reverse('account_reauthenticate')}?next={onward}"
    assert ines.post(confirming, {"password": "not this one"}).status_code == 200
    assert "Please hand this back" in words(ines.get(onward, follow=True))
    answer = ines.post(confirming, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == onward
    assert "Joy Okonkwo" in words(answer)


def test_the_notice_is_handed_over_too_and_by_video_nothing_is(ines, joy, program):
    prepare(ines, joy)
    (made,) = rows(program, Consent)
    chart = at("chart", client_id=joy.pk)
    ines.get(at("consent_sign", consent_id=made.pk), {"where": "video"})
    assert ines.get(chart).status_code == 200
    ines.get(at("notice_give", client_id=joy.pk))
    assert ines.get(chart).status_code == 302


def test_papers_of_one_client_are_signed_one_after_the_other_without_handing_back(
    ines, joy, program
):
    with tenancy.within(program.alder):
        other = some_client(program.actor("ruth"), "Abel", "Other", at=clock.now())
    prepare(ines, other)
    (of_another,) = rows(program, Consent)
    prepare(ines, joy)
    (made,) = [one for one in rows(program, Consent) if one.pk != of_another.pk]
    notice, consent = at("notice_give", client_id=joy.pk), at("consent_sign", consent_id=made.pk)
    ines.get(notice)
    after = ines.post(notice, {"name": "Joy Okonkwo"}, follow=True)
    assert "There is one more paper for you" in words(after)
    assert f'href="{consent}"' in after.content.decode()
    assert "Sign here" in words(ines.get(consent))
    signed = words(ines.post(consent, {"name": "Joy Okonkwo"}, follow=True))
    assert "It is signed. Please hand this back." in signed
    assert "more paper" not in signed
    for address in (at("chart", client_id=joy.pk), at("consent_sign", consent_id=of_another.pk)):
        answer = words(ines.get(address, follow=True))
        assert "nothing more to do here" in answer
        assert "Other" not in answer
    (kept,) = rows(program, Consent, pk=made.pk)
    assert kept.signed_at is not None
    assert [one.signed_name for one in rows(program, NoticeGiven)] == ["Joy Okonkwo"]


# ---- notice, restrictions ----------------------------------------------------------------------


def test_the_notice_is_acknowledged_or_it_is_said_why_not(ines, joy, program):
    place = at("notice_give", client_id=joy.pk)
    assert "medical emergency" in words(ines.get(place))
    assert ines.post(place, {}).status_code == 400
    ines.post(place, {"name": "Joy Okonkwo", "strokes": "[[[1,1],[9,9]]]"})
    ines.post(place, {"why": "Too unwell today"})
    assert {one.signed_name or one.not_signed_why for one in rows(program, NoticeGiven)} == {
        "Joy Okonkwo",
        "Too unwell today",
    }
    confirm(ines)
    said = words(ines.get(at("chart_consents", client_id=joy.pk)))
    assert "not signed: Too unwell today" in said


def test_a_request_to_restrict_is_kept_with_its_answer_and_lifted(ines, joy, program):
    place = at("record_restriction", client_id=joy.pk)
    asked = {"recipient_kind": "payer", "asked": "Not my plan", "answer": "declined",
             "paid_in_full": "1"}  # fmt: skip
    answer = ines.post(place, asked)
    assert "the law has us agree" in words(answer)
    assert 'value="Not my plan"' in answer.content.decode()
    ines.post(place, asked | {"answer": "agreed", "contents": ["diagnoses"]})
    (made,) = rows(program, Restriction)
    assert "Their diagnoses , from Health plan" in words(
        ines.get(at("chart_consents", client_id=joy.pk))
    )
    ines.post(at("lift_restriction", restriction_id=made.pk))
    assert "Lifted" in words(ines.get(at("chart_consents", client_id=joy.pk)))


# ---- what leaves -------------------------------------------------------------------------------

LETTER = {
    "to": "treating_provider",
    "name": "Dr. Ana Reyes",
    "purpose": "treatment",
    "what": "Letter about the level of care",
    "how": "printed",
    "contents": ["recommendation"],
}


def test_nothing_leaves_without_a_consent_and_the_refusal_is_on_the_chart(ines, joy, program):
    answer = ines.post(at("disclosure_new", client_id=joy.pk), LETTER)
    assert answer.status_code == 400
    assert "This may not leave. No consent on file names this recipient." in words(answer)
    assert 'value="Dr. Ana Reyes"' in answer.content.decode()
    assert not rows(program, Disclosure)
    (entry,) = rows(program, AuditEntry, action="disclosure.refused")
    assert entry.subjects == [f"client:{joy.pk}"]
    looked = words(ines.get(at("chart_looked", client_id=joy.pk)))
    assert "Was refused: nothing covered a disclosure" in looked


def test_what_leaves_gets_the_sheet_that_goes_along_and_a_line_on_the_list(ines, joy, care):
    answer = ines.post(at("disclosure_new", client_id=joy.pk), LETTER)
    sheet = words(ines.get(answer.headers["Location"]))
    assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in sheet
    assert "Consent of the client, signed" in sheet
    listed = words(ines.get(at("disclosures", client_id=joy.pk)))
    assert "Dr. Ana Reyes" in listed
    assert "Consent: Treatment, payment and operations" in listed


def test_the_clients_own_copy_needs_no_consent(ines, joy):
    own = LETTER | {"to": "client", "name": "Joy", "purpose": "at_my_request"}
    answer = ines.post(at("disclosure_new", client_id=joy.pk), own)
    assert "A copy of their own record" in words(ines.get(answer.headers["Location"]))


def test_a_contact_is_told_what_was_signed(ines, joy, program):
    told = LETTER | {"contact": str(joy.ada.pk), "purpose": "family_support", "how": "phone",
                     "contents": ["attendance"]}  # fmt: skip
    place = at("disclosure_new", client_id=joy.pk)
    assert ines.post(place, told).status_code == 400
    with tenancy.within(program.alder):
        family_consent(program.actor("ruth"), joy, joy.ada, at=clock.now())
    assert ines.post(place, told).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": ""}, "Say what it is"),
        ({"how": ""}, "Say which way it leaves"),
        ({"purpose": ""}, "Choose what it is for"),
        ({"contents": []}, "Say what is to be disclosed"),
        ({"name": ""}, "Say who gets it, by name"),
        ({"to": "nobody"}, "Choose one from the list"),
    ],
)
def test_a_form_about_what_leaves_says_what_it_lacks(ines, joy, care, typed, said):
    answer = ines.post(at("disclosure_new", client_id=joy.pk), LETTER | typed)
    assert (answer.status_code, said in words(answer)) == (400, True)


EMERGENCY = {
    "kind": "medical_emergency",
    "to": "medical_personnel",
    "name": "Dr. Lee Park",
    "works_at": "County Hospital",
    "why": "Found unconscious in the lobby",
    "what": "Medicines, by telephone",
    "how": "phone",
    "contents": ["medicines"],
}


def test_an_emergency_is_written_down_at_once(ines, joy, program):
    place = at("disclosure_except", client_id=joy.pk)
    answer = ines.post(place, EMERGENCY | {"why": "", "works_at": ""})
    assert "Say what happened" in words(answer)
    assert "Say where they work" in words(answer)
    ines.post(place, EMERGENCY)
    (made,) = rows(program, Disclosure)
    assert made.details == {"why": "Found unconscious in the lobby", "works_at": "County Hospital"}
    listed = words(ines.get(at("disclosures", client_id=joy.pk)))
    assert "Without a consent: Medical emergency (Found unconscious" in listed


ORDER = {
    "kind": "court_order",
    "to": "court_or_supervision",
    "name": "District Court",
    "court": "District Court",
    "order": "24-113",
    "order_date": "11/20/2020",
    "subpoena": "S-9",
    "what": "Dates of attendance",
    "how": "mail",
    "contents": ["attendance"],
}


def test_a_subpoena_alone_releases_nothing_and_a_clinician_answers_no_court(
    ines, joy, program, django_client
):
    place = at("disclosure_except", client_id=joy.pk)
    assert ines.post(place, ORDER).status_code == 403
    paul = sign_in(django_client(), program, "paul", program.alder)
    answer = paul.post(place, ORDER | {"order": "", "court": ""})
    assert "A subpoena alone releases nothing" in words(answer)
    assert "That is not a day" in words(paul.post(place, ORDER | {"order_date": "soon"}))
    assert not rows(program, Disclosure)
    assert paul.post(place, ORDER).status_code == 302


@pytest.mark.parametrize(
    "kind", ["abuse_report", "crime", "research", "audit", "court_order", "nothing"]
)
def test_every_exception_has_its_form(ines, joy, kind):
    answer = ines.get(at("disclosure_except", client_id=joy.pk), {"kind": kind})
    assert "Without a consent" in words(answer)


def queued(program, joy):
    with tenancy.within(program.alder):
        return consents_services.queue_disclosure(
            **disclosing(program.actor("ruth"), joy, at=clock.now()), subject="referral:1"
        )


def test_what_waits_is_let_out_or_stopped_with_a_reason(ines, joy, program, care):
    first, other = queued(program, joy), queued(program, joy)
    assert "May leave" in words(ines.get(at("chart_consents", client_id=joy.pk)))
    ines.post(at("disclosure_send", disclosure_id=first.pk), {"how": "fax"})
    answer = ines.post(at("disclosure_stop", disclosure_id=other.pk), {"why": ""})
    assert (answer.status_code, "Say why it stops" in words(answer)) == (400, True)
    ines.post(at("disclosure_stop", disclosure_id=other.pk), {"why": "They declined"})
    states = {one.pk: one.state for one in rows(program, Disclosure)}
    assert states == {first.pk: "sent", other.pk: "stopped"}
    assert "They declined" in words(ines.get(at("chart_consents", client_id=joy.pk)))


def test_what_is_no_longer_covered_does_not_go(ines, joy, program, care):
    row = queued(program, joy)
    asked = {"recipient_kind": "treating_provider", "asked": "Not her", "answer": "agreed"}
    ines.post(at("record_restriction", client_id=joy.pk), asked)
    said = words(ines.get(at("chart_consents", client_id=joy.pk)))
    assert "Cannot leave now. The client asked that this be kept from them" in said
    answer = ines.post(at("disclosure_send", disclosure_id=row.pk), {"how": "fax"})
    assert answer.status_code == 403
    assert rows(program, Disclosure)[0].state == "queued"


def test_more_consents_cost_no_more_queries(ines, joy, program, care, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    place = at("chart_consents", client_id=joy.pk)
    ines.get(place)
    with CaptureQueriesContext(connection) as before:
        ines.get(place)
    with tenancy.within(program.alder):
        for _ in range(5):
            some_consent(program.actor("ruth"), joy, recipients=CLASSES, at=clock.now())
    with django_assert_num_queries(len(before)):
        ines.get(place)
