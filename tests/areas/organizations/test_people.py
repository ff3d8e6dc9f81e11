"""Inviting people, their roles and licenses, ending access, and what is written down of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from handrail.areas.organizations import errors, selectors, services
from handrail.areas.organizations.models import Invitation, Membership, OrganizationSettings, User
from handrail.core.access import Action, NotHere, OnlyAdministrators, Refused, Role, WrongState
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry

AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
GOOD = "four quiet green stairs"


def invite(program, *, email="new@alder.example", by="ada", roles=(Role.FACILITATOR,), at=AT):
    with tenancy.within(program.alder):
        return services.invite(
            email=email, name="Nia Brooks", roles=roles, by=program.actor(by), at=at
        )


def written(program, action=None):
    with tenancy.within(program.alder):
        found = AuditEntry.objects.order_by("-id")
        return list(found.filter(action=action) if action else found)


def test_someone_invited_chooses_a_password_and_has_a_place(program):
    made = services.accept_invitation(token=invite(program).token, password=GOOD, at=AT)
    assert made.role_set == {Role.FACILITATOR}
    assert made.organization_id == program.alder
    assert made.user.check_password(GOOD)
    assert written(program, "people.accept_invitation")[0].actor_name == "Nia Brooks"


def test_an_invitation_works_once(program):
    token = invite(program).token
    services.accept_invitation(token=token, password=GOOD, at=AT)
    with pytest.raises(errors.InvitationUnusable):
        services.accept_invitation(token=token, password=GOOD, at=AT)
    assert services.read_invitation(token, at=AT) is None


def test_an_invitation_works_for_seven_days(program):
    token = invite(program).token
    later = AT + timedelta(days=7)
    assert services.read_invitation(token, at=later - timedelta(seconds=1))
    assert services.read_invitation(token, at=later) is None
    with pytest.raises(Invalid):
        services.accept_invitation(token=token, password=GOOD, at=later)


def test_a_made_up_link_opens_nothing(program):
    assert services.read_invitation("made-up", at=AT) is None
    with pytest.raises(Invalid):
        services.accept_invitation(token="made-up", password=GOOD, at=AT)


def test_a_canceled_invitation_opens_nothing(program):
    invited = invite(program)
    with tenancy.within(program.alder):
        services.cancel_invitation(
            invitation_id=invited.invitation.id, by=program.actor("paul"), at=AT
        )
    assert services.read_invitation(invited.token, at=AT) is None


def test_inviting_again_replaces_the_older_link(program):
    first, second = invite(program), invite(program)
    assert services.read_invitation(first.token, at=AT) is None
    assert services.read_invitation(second.token, at=AT)


def test_someone_who_signs_in_already_must_prove_it_with_their_password(program):
    invited = invite(program, email="jonah@harbor.example")
    with pytest.raises(errors.PasswordWrong):
        services.accept_invitation(token=invited.token, password=GOOD, at=AT)
    services.accept_invitation(token=invited.token, password="a steady handrail", at=AT)
    assert len(selectors.places_of(program.user("jonah").id)) == 2


@pytest.mark.parametrize("weak", ["short", "password1234", "nia brooks nia"])
def test_a_weak_password_is_not_taken(program, weak):
    with pytest.raises(Invalid):
        services.accept_invitation(token=invite(program).token, password=weak, at=AT)
    assert not User.objects.filter(email="new@alder.example").exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "no address"},
        {"email": "mara@alder.example"},
        {"roles": ()},
    ],
)
def test_an_invitation_that_cannot_be_is_not_made(program, typed):
    with pytest.raises(Invalid):
        invite(program, **typed)


def test_a_program_director_cannot_invite_an_administrator(program):
    with pytest.raises(OnlyAdministrators):
        invite(program, by="paul", roles=[Role.ADMINISTRATOR])


def test_roles_change_and_the_trail_holds_both(program):
    place = program.place("mara")
    with tenancy.within(program.alder):
        services.change_roles(
            membership_id=place.id,
            roles=[Role.SUPERVISOR],
            by=program.actor("paul"),
            at=AT,
        )
    place.refresh_from_db()
    assert place.role_set == {Role.SUPERVISOR}
    entry = written(program, Action.CHANGE_ROLES)[0]
    assert entry.detail == {"roles": [["facilitator"], ["supervisor"]]}
    assert entry.subjects == [f"membership:{place.id}"]
    assert entry.actor_name == "Paul Ferreira"


def test_the_same_roles_again_write_nothing(program):
    with tenancy.within(program.alder):
        services.change_roles(
            membership_id=program.place("mara").id,
            roles=[Role.FACILITATOR],
            by=program.actor("paul"),
            at=AT,
        )
    assert not written(program, Action.CHANGE_ROLES)


def test_the_last_administrator_cannot_be_deactivated(program):
    place = program.place("ada")
    with tenancy.within(program.alder):
        other = Membership.objects.create(
            organization_id=program.alder,
            user=program.user("jonah"),
            roles=["administrator"],
            created_at=AT,
        )
        services.deactivate(membership_id=place.id, by=program.actor("jonah", program.alder), at=AT)
        with pytest.raises(Refused):
            services.deactivate(membership_id=other.id, by=program.actor("paul"), at=AT)
    other.refresh_from_db()
    assert other.deactivated_at is None


def test_someone_can_come_back_with_the_roles_they_had(program):
    place = program.place("kim")
    with tenancy.within(program.alder):
        services.reactivate(membership_id=place.id, by=program.actor("paul"), at=AT)
    place.refresh_from_db()
    assert (place.deactivated_at, place.deactivated_by) == (None, "")


@pytest.mark.parametrize("service", [services.deactivate, services.reactivate])
def test_anothers_people_do_not_exist(program, service):
    theirs = program.place("jonah", program.harbor)
    with tenancy.within(program.alder), pytest.raises(NotHere):
        service(membership_id=theirs.id, by=program.actor("ada"), at=AT)


def test_a_license_is_recorded_and_voided_but_never_lost(program):
    place = program.place("bao")
    with tenancy.within(program.alder):
        by = program.actor("ruth")
        made = services.record_credential(
            membership_id=place.id,
            title="Certified coder",
            short="CPC",
            number="7",
            issuer="A board",
            expires_date=date(2027, 1, 31),
            by=by,
            at=AT,
        )
        services.void_credential(credential_id=made.id, reason="Someone else’s", by=by, at=AT)
        made.refresh_from_db()
        assert (made.voided_by, made.void_reason) == ("Ruth Okafor", "Someone else’s")
        with pytest.raises(WrongState, match="voided"):
            services.void_credential(credential_id=made.id, reason="again", by=by, at=AT)
        assert not selectors.person(place.id, by=by).credentials.all()


def test_a_license_without_a_name_or_reason_is_not_taken(program):
    with tenancy.within(program.alder):
        by, place = program.actor("ruth"), program.place("mara")
        with pytest.raises(Invalid):
            services.record_credential(
                membership_id=place.id, title=" ", short="", number="", issuer="x",
                expires_date=None, by=by, at=AT,
            )  # fmt: skip
        held = place.credentials.get()
        with pytest.raises(Invalid):
            services.void_credential(credential_id=held.id, reason=" ", by=by, at=AT)
        with pytest.raises(NotHere):
            services.void_credential(credential_id=uuid4(), reason="x", by=by, at=AT)


def test_rules_change_and_the_trail_holds_what_they_were(program):
    with tenancy.within(program.alder):
        services.change_settings(
            zone="America/Chicago",
            second_factor="everyone",
            idle_minutes=10,
            by=program.actor("ada"),
            at=AT,
        )
    assert written(program, Action.CHANGE_SETTINGS)[0].detail == {
        "changed": {
            "zone": ["America/New_York", "America/Chicago"],
            "second_factor": ["nobody", "everyone"],
            "idle_minutes": [15, 10],
        }
    }


@pytest.mark.parametrize(
    "typed", [{"zone": "Mars/North"}, {"second_factor": "some"}, {"idle_minutes": 61}]
)
def test_rules_that_cannot_be_are_not_taken(program, typed):
    good = {"zone": "UTC", "second_factor": "nobody", "idle_minutes": 15}
    with tenancy.within(program.alder):
        with pytest.raises(Invalid):
            services.change_settings(**{**good, **typed}, by=program.actor("ada"), at=AT)
        assert OrganizationSettings.objects.get().zone == "America/New_York"


def test_a_refused_service_leaves_nothing_behind(program):
    with tenancy.within(program.alder):
        before = Invitation.objects.count(), AuditEntry.objects.count()
        with pytest.raises(Refused):
            services.invite(
                email="x@y.example",
                name="X",
                roles=[Role.BILLER],
                by=program.actor("mara"),
                at=AT,
            )
        assert (Invitation.objects.count(), AuditEntry.objects.count()) == before
