"""Every address of the staff × every role, from a committed table made from the resolver.

`access_matrix.tsv` says for each address and method which roles get through. A new address
without a row fails; so does a row that is not true. The whole table is compared with the rule at
each view's door. Over HTTP every address is tried by one role that gets through and one that does
not, and by every role where a view decides more than its door; the roles take turns, so that
each of them tries many pages. With HANDRAIL_WRITE_ACCESS_MATRIX=1 every role tries every address
and the table is made anew from what the site does: read the difference before you commit it.
"""

import csv
import io
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from uuid import uuid4
from zlib import crc32

import pytest
from django.urls import URLPattern, get_resolver, reverse

from handrail.areas.admission.models import FirstContact
from handrail.areas.clients import services as clients_services
from handrail.areas.clients.models import Episode
from handrail.areas.consents import services as consents_services
from handrail.areas.counseling.services import sign_counseling_note
from handrail.areas.coverage.selectors.coverage import rates, scales
from handrail.areas.ledger.services.positions import record_position
from handrail.areas.notes.models import Note
from handrail.areas.organizations import services
from handrail.areas.recommendations.services.confirmations import confirm_recommendation
from handrail.areas.recommendations.services.recommendations import make_recommendation
from handrail.areas.schedule.models import Session
from handrail.areas.screening.services.screening import start_screening
from handrail.areas.waitlist import services as waiting
from handrail.areas.waitlist.models import WaitingPlace
from handrail.core import access
from handrail.core.access import RULES, Action, Role
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.foundation import clock, tenancy
from tests.areas.assessment.assessing import a_signed_assessment, signed_like
from tests.areas.clients.people import AT, TODAY, some_client, some_episode, some_flag
from tests.areas.consents.consents import disclosing, some_consent
from tests.areas.coverage.plans import some_coverage, some_fees, some_payer
from tests.areas.inquiries.asking import some_inquiry
from tests.areas.ledger.ledgers import IOP
from tests.areas.referrals.referring import a_referral
from tests.areas.safety.safety import a_safety_plan
from tests.conftest import ROOT
from tests.factories import programs, slots
from tests.factories.evening import a_note, an_outreach, another_session
from tests.staff import confirm, sign_in

TABLE = ROOT / "tests" / "web" / "access_matrix.tsv"
METHODS = ("GET", "POST")
WHO = {
    Role.INTAKE_COORDINATOR: "ines",
    Role.FACILITATOR: "mara",
    Role.SUPERVISOR: "ruth",
    Role.UTILIZATION_REVIEWER: "owen",
    Role.DRUG_TEST_TECHNICIAN: "tess",
    Role.BILLER: "bao",
    Role.MEDICAL_DIRECTOR: "helen",
    Role.PROGRAM_DIRECTOR: "paul",
    Role.ADMINISTRATOR: "ada",
}
MAY = {rule.action: rule.roles for rule in RULES}
# What asks for a right that not everyone has who gets through: there a role can tip the scale.
ASKS_MORE = {
    ("client_costs", "GET"),
    ("declare_income", "POST"),
    ("notices", "GET"),
    ("people", "GET"),
    ("record_coverage", "POST"),
    ("track", "GET"),
    ("void_coverage", "POST"),
}
WRITE = os.environ.get("HANDRAIL_WRITE_ACCESS_MATRIX") == "1"
pytestmark = pytest.mark.django_db


@cache
def staff_views() -> dict[str, URLPattern]:
    """Every address that begins with staff by its name, from the resolver itself."""
    found = _patterns(get_resolver().url_patterns)
    return {one.name: one for one in found if str(one.pattern).startswith("staff")}


def _patterns(patterns) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _patterns(one.url_patterns)


def staff_addresses() -> dict[str, list[str]]:
    """Name and arguments of every address of the staff."""
    return {name: sorted(one.pattern.converters) for name, one in staff_views().items()}


def at_the_door(name: str) -> frozenset[Role]:
    """Whom the view of an address lets in; further in it may refuse some of them."""
    action = staff_views()[name].callback.action
    return frozenset(Role) if action is None else MAY[action]


def tried_by(name: str, method: str) -> set[Role]:
    """The roles that try an address over HTTP."""
    door, through = at_the_door(name), written()[name, method]
    if WRITE or (name, method) in ASKS_MORE or (through and through != door):
        return set(Role)
    return {_in_turn(some, name, method) for some in (door, set(Role) - door) if some}


def _in_turn(roles, name: str, method: str) -> Role:
    """One of them: the same for an address each time, another for the next."""
    return sorted(roles)[crc32(f"{name} {method}".encode()) % len(roles)]


def tries(role: Role) -> list[tuple[str, list[str], str]]:
    """The addresses, with their arguments and method, that a role tries over HTTP."""
    return [
        (name, arguments, method)
        for name, arguments in staff_addresses().items()
        for method in METHODS
        if role in tried_by(name, method)
    ]


@cache
def written() -> dict[tuple[str, str], set[str]]:
    rows = csv.DictReader(io.StringIO(TABLE.read_text()), delimiter="\t")
    return {
        (row["address"], row["method"]): {role for role in Role if row[role] == "yes"}
        for row in rows
    }


def write(role, found):
    """Put one role's column into the table."""
    known = written() if TABLE.exists() else {}
    rows = ["\t".join(["address", "method", *Role])]
    for key in sorted(found):
        cells = [
            "yes" if (found[key] if one == role else one in known.get(key, ())) else "-"
            for one in Role
        ]
        rows.append("\t".join([*key, *cells]))
    TABLE.write_text("\n".join(rows) + "\n")
    written.cache_clear()


def objects(program, organization, name) -> dict[str, object]:
    """Something of the organization for each kind of argument an address can take."""
    with tenancy.within(organization):
        place = program.place(name, organization)
        license_ = place.credentials.first() or services.record_credential(
            membership_id=place.id, title="L", short="", number="", issuer="B", expires_date=None,
            by=program.actor("paul", organization), at=clock.now(),
        )  # fmt: skip
        by = program.actor("paul" if organization == program.alder else "jonah", organization)
        invited = services.invite(
            email=f"{uuid4()}@x.example", name="X", roles=[Role.BILLER], by=by, at=clock.now()
        )
        groups = programs.one_of_each(by, place)
        chart = objects_of_a_client(by, program)
        episode = Episode.objects.get(pk=chart["episode_id"])
        session = Session.objects.get(pk=groups["session_id"])
        offered = slots.one_of_each(by, place)
        inquiry = some_inquiry(by, at=clock.now())
        call = start_screening(inquiry_id=inquiry.pk, holder_id=place.id, by=by, at=clock.now())
        note, outreach = a_note(session, episode, place), an_outreach(session, episode)
    return {
        **groups,
        "membership_id": place.id,
        "credential_id": license_.id,
        "invitation_id": invited.invitation.id,
        "note_id": note.id,
        "outreach_id": outreach.id,
        **offered,
        **chart,
        "inquiry_id": inquiry.pk,
        "screening_id": call.pk,
    }


def objects_of_a_client(by, program) -> dict[str, object]:
    """A client, and one of everything their chart can hold."""
    client = some_client(by, "Client", f"Of-{by.name.split()[0]}")
    owner = program.place(by.name.split()[0].lower(), by.organization_id)
    flag = some_flag(by, client, owner)
    contact = clients_services.record_contact(
        client_id=client.pk, name="C", relationship="friend", by=by, at=clock.now()
    )
    listed = clients_services.record_listed(
        client_id=client.pk, kind="allergy", name="A", by=by, at=clock.now()
    )
    made = make_recommendation(
        client_id=client.pk,
        criteria_id="general-adult-admission",
        stated=IOP,
        by=by,
        at=clock.now(),
    )
    clinician = program.actor("mara") if by.organization_id == program.alder else by
    counseled = sign_counseling_note(
        client_id=client.pk, text="N", note_date=TODAY, session="", by=clinician, at=AT
    )
    plan = a_safety_plan(clinician, client, owner, at=clock.now())
    consent = some_consent(by, client)
    limit = consents_services.request_restriction(
        client_id=client.pk, recipient_kind="payer", asked="A", answer="agreed", by=by, at=AT
    )
    own = {"recipient": Recipient(RecipientKind.CLIENT, ""), "purpose": Purpose.AT_MY_REQUEST}
    waiting = consents_services.queue_disclosure(
        **disclosing(by, client, **own), subject="referral:1"
    )
    another = consents_services.queue_disclosure(
        **disclosing(by, client, **own), subject="referral:2"
    )
    with_plan = objects_of_coverage(program, by.organization_id, client)
    referred, episode = a_referral(by, client, owner), some_episode(by, client)
    word = confirm_recommendation(
        client_id=client.pk,
        recommendation_id=made.pk,
        by=program.actor("ines") if by.organization_id == program.alder else by,
        at=clock.now(),
    )
    said = record_position(
        client_id=client.pk, party="client", sequence=["iop"], by=by, at=clock.now()
    )
    return {
        **with_plan,
        "referral_id": referred.pk,
        "touch_id": referred.touches.first().pk,
        "waiting_id": a_waiting_place(by, client).pk,
        "first_contact_id": a_first_contact(by, client, episode).pk,
        "consent_id": consent.pk,
        "restriction_id": limit.pk,
        "disclosure_id": waiting.pk,
        "other_disclosure_id": another.pk,
        "plan_id": plan.pk,
        "counseling_note_id": counseled.pk,
        "assessment_id": a_signed_assessment(clinician, client).pk,
        "client_id": client.pk,
        "recommendation_id": made.pk,
        "confirmation_id": word.pk,
        "position_id": said.pk,
        "flag_id": flag.pk,
        "contact_id": contact.pk,
        "listed_id": listed.pk,
        "episode_id": episode.pk,
    }


def a_first_contact(by, client, episode) -> FirstContact:
    """A first call that is due about someone who was admitted."""
    return FirstContact.objects.create(
        organization_id=by.organization_id,
        client=client,
        episode=episode,
        due_date=episode.opened_date,
        why="How it was.",
    )


def a_waiting_place(by, client) -> WaitingPlace:
    """A place on the list of a program."""
    return waiting.put_on(
        client_id=client.pk,
        program_id=programs.a_program(by, name=f"Program {uuid4()}", template="php").pk,
        priority="others",
        source="Said so.",
        by=by,
        at=clock.now(),
    )


def objects_of_coverage(program, organization, client) -> dict[str, object]:
    """A payer, a plan of the client, a rate and a sliding fee, set by a director."""
    name = "paul" if organization == program.alder else "jonah"
    director = program.actor(name, organization)
    payer = some_payer(director, f"Payer {uuid4()}")
    some_fees(director)
    return {
        "payer_id": payer.pk,
        "coverage_id": some_coverage(director, client, payer).pk,
        "rate_id": rates(by=director)[0].pk,
        "scale_id": scales(by=director)[0].pk,
    }


def ask(client, method, name, arguments):
    return client.generic(method, reverse(f"staff:{name}", kwargs=arguments))


def test_every_address_has_its_rows_and_no_row_is_left_over():
    wanted = {(name, method) for name in staff_addresses() for method in METHODS}
    assert set(written()) == wanted, "make the table anew and read the difference"


def test_nobody_gets_further_than_the_door_lets_in():
    for (name, method), through in written().items():
        assert through <= at_the_door(name), (name, method)


def test_each_role_tries_many_addresses_and_each_address_is_tried_from_both_sides():
    assert all(len(tries(role)) > 40 for role in Role)
    for (name, method), through in written().items():
        tried = tried_by(name, method)
        assert tried & through or not through, (name, method)
        assert tried - through or through == set(Role), (name, method)


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_through_where_the_table_says_and_nowhere_else(
    role, program, client, monkeypatch
):
    own = objects(program, program.alder, "dev")
    asked, found, deeper = listen(monkeypatch), {}, set()
    sign_in(client, program, WHO[role], program.alder)
    confirm(client)
    for name, arguments, method in tries(role):
        chosen = {key: own[key] for key in arguments}
        if name == "reactivate":  # only someone whose access has ended can get it back
            chosen["membership_id"] = program.place("kim").id
        if name == "disclosure_stop":  # the other one has left by then
            chosen["disclosure_id"] = own["other_disclosure_id"]
        if name == "assessment_void":  # only its author, or a supervisor, can void one
            with tenancy.within(program.alder):
                author = program.place(WHO[role])
                chosen["assessment_id"] = signed_like(own["assessment_id"], author).pk
        if name == "note_void":  # only its author, or a supervisor, can void a note
            chosen["note_id"] = signed_by(program, WHO[role], own["note_id"])
        asked.clear()
        answer = ask(client, method, name, chosen)
        assert answer.status_code in (200, 302, 400, 403, 405), (name, method)
        assert "/confirm" not in answer.headers.get("Location", "")
        found[name, method] = answer.status_code not in (403, 405)
        if found[name, method]:
            # The roles that do not try it over HTTP pass what this one was asked as well.
            through = written()[name, method]
            if any(not through <= MAY[action] for action in asked):
                deeper.add((name, method))
        undo(program)
        confirm(client)  # a screen that was handed over is taken back
    if WRITE:
        write(role, found)
    assert found == {key: role in written()[key] for key in found}
    assert deeper <= ASKS_MORE, "these ask for more than their door: let every role try them"


def listen(monkeypatch) -> list[Action]:
    """Note every action that anything is refused for, wherever it is asked."""
    asked: list[Action] = []

    def check(actor, action, *subject, **more):
        if not actor.is_system:
            asked.append(action)
        return access.check_access(actor, action, *subject, **more)

    for name, module in list(sys.modules.items()):
        ours = name.startswith("handrail.") and module is not access
        if ours and getattr(module, "check_access", None) is access.check_access:
            monkeypatch.setattr(module, "check_access", check)
    return asked


def signed_by(program, name, note_id):
    """A note like that one, signed by this person."""
    with tenancy.within(program.alder):
        like = Note.objects.select_related("session__track", "episode").get(pk=note_id)
        session = another_session(like.session)
        return a_note(session, like.episode, program.place(name)).pk


def undo(program):
    """Give everyone their place back, for the next address to be tried on."""
    from handrail.areas.organizations.models import Membership
    from handrail.foundation import tenancy

    with tenancy.within(program.alder):
        Membership.objects.filter(pk=program.place("dev").pk).update(
            deactivated_at=None, deactivated_by=""
        )


@pytest.mark.parametrize("role", Role)
def test_another_organizations_things_are_not_there(role, program, client):
    """404 for those whose role would let them, and never a hint for anyone."""
    theirs, allowed = objects(program, program.harbor, "jonah"), written()
    sign_in(client, program, WHO[role], program.alder)
    confirm(client)
    for name, arguments, method in tries(role):
        if not arguments:
            continue
        chosen = {key: theirs[key] for key in arguments}
        answer = ask(client, method, name, chosen)
        nothing = ask(client, method, name, {key: uuid4() for key in chosen})
        assert answer.status_code == nothing.status_code, (name, method)
        assert role not in allowed[name, method] or answer.status_code == 404, (name, method)
        # A form's token is random letters: it may spell anything.
        said = re.sub(r"[A-Za-z0-9]{40,}", "", answer.content.decode()).lower()
        assert "jonah" not in said, (name, method)


@pytest.mark.parametrize("name", staff_addresses())
def test_without_signing_in_there_is_only_the_door(name, client):
    arguments = {key: uuid4() for key in staff_addresses()[name]}
    answers = [ask(client, method, name, arguments) for method in METHODS]
    assert {one.status_code for one in answers} <= {302, 405}
    assert [one for one in answers if one.status_code == 302], "nothing can be asked here"
    for answer in answers:
        assert answer.headers.get("Location", "/sign-in?next=").startswith("/sign-in?next=")
