"""Loads the demo: organizations, their people, and three months of care; a second time nothing."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from handrail.areas.organizations import services
from handrail.areas.organizations.models import (
    Credential,
    Membership,
    Organization,
    OrganizationSettings,
    SecondFactor,
    User,
)
from handrail.areas.worklist import services as worklist
from handrail.core.access import Actor, Role, system_actor
from handrail.core.notes import signatures
from handrail.demo.accounts import (
    ACCOUNTS,
    ALDER,
    ALSO_WORKS_AT,
    ENDED,
    HARBOR,
    INVITED,
    PASSWORD,
    Account,
)
from handrail.demo.admissions import lay_out_first_days
from handrail.demo.book import people
from handrail.demo.calendar import alder_patterns, harbor_patterns, lay_out
from handrail.demo.charts import write_chart
from handrail.demo.clinical import AFTER_HOURS, write_clinical
from handrail.demo.consents import write_care_consents, write_consents
from handrail.demo.coverage import write_coverage
from handrail.demo.held import hold_sessions
from handrail.demo.house import ZONE, Colleague, House, evening_of, key
from handrail.demo.inquiries import take_inquiries
from handrail.demo.ledger import write_ledgers
from handrail.demo.listings import list_programs
from handrail.demo.past import write_past
from handrail.demo.screenings import hold_calls
from handrail.demo.signed import sign_sessions
from handrail.demo.slots import open_doors, open_small_door
from handrail.demo.tonight import UNSIGNED, begin_now, book_make_ups, raise_flags
from handrail.demo.waiting import wait_for_seats
from handrail.foundation import clock, tenancy
from handrail.foundation.audit import trail

__all__ = ("SYSTEM", "ZONE", "key", "load", "load_people", "loaded_for")

SYSTEM = "demo program"
_FOUNDED_BEFORE = timedelta(days=900)


@transaction.atomic
def load(*, seed: int = 1, day: date | None = None) -> bool:
    """Load the whole demo for an evening if it is not there yet. True when it was loaded now.

    The same seed and day give the same rows under the same keys. Without a day it is today's
    evening, as the demo's clock has it.
    """
    evening = day or clock.today(ZONE)
    if not load_people(seed=seed, day=evening):
        return False
    alder, harbor = _house(seed, ALDER, evening), _house(seed, HARBOR, evening)
    _alder(alder)
    _harbor(harbor)
    for house in (alder, harbor):
        _lay_out_worklist(house)
    list_programs(evening, evening_of(evening))
    return True


def loaded_for(*, seed: int = 1) -> date:
    """The evening that the demo was loaded for."""
    founded = Organization.objects.get(pk=key(seed, ALDER)).created_at
    return (founded + _FOUNDED_BEFORE).astimezone(ZoneInfo(ZONE)).date()


@transaction.atomic
def load_people(*, seed: int = 1, day: date | None = None) -> bool:
    """Load both organizations with who works there, and nothing else."""
    if Organization.objects.filter(pk=key(seed, ALDER)).exists():
        return False
    at = evening_of(day) if day else clock.now()
    password = make_password(PASSWORD)
    for name in (ALDER, HARBOR):
        _organization(seed, name, password, at)
    return True


def _lay_out_worklist(house: House) -> None:
    """Most rows of the demo come by no service, so what is due is computed at the end."""
    with tenancy.within(house.organization_id):
        worklist.rebuild(
            organization_id=house.organization_id, by_name=f"System: {SYSTEM}", at=house.now
        )


# ---- what happened there ---------------------------------------------------------------------


def _alder(house: House) -> None:
    intake, clients = house.staff["ines"].name, people("alder")
    with tenancy.within(house.organization_id):
        tracks = lay_out(house, alder_patterns(house.day))
        charts = {one.name: write_chart(house, one, tracks, intake) for one in clients}
        raise_flags(house, charts)
        for short, track in tracks.items():
            held = hold_sessions(house, track, tuple(charts.values()))
            unsigned = UNSIGNED if short == "evening" else ""
            sign_sessions(house, track, held, unsigned=unsigned, waiting=short == "morning")
        book_make_ups(house, charts, tracks["evening"])
        begin_now(house, charts, tracks["supportive"])
        write_past(house, clients, intake)
        write_coverage(house, list(charts.values()), intake, house.staff["bao"].name)
        write_clinical(house, charts)
        OrganizationSettings.objects.filter(organization_id=house.organization_id).update(
            after_hours=AFTER_HOURS
        )
        write_ledgers(house, charts)
        lay_out_first_days(house, charts)
        house.rows.save()
        take_inquiries(house)
        hold_calls(house)
        write_consents(house, tuple(charts.values()), intake)
        wait_for_seats(house)
        open_doors(house, tracks, system_actor(SYSTEM, house.organization_id))


def _harbor(house: House) -> None:
    intake = house.staff["jonah"].name
    with tenancy.within(house.organization_id):
        tracks = lay_out(house, harbor_patterns())
        charts = [write_chart(house, one, tracks, intake) for one in people("harbor")]
        for track in tracks.values():
            sign_sessions(house, track, hold_sessions(house, track, charts))
        house.rows.save()
        write_care_consents(house, charts, intake)
        open_small_door(house, system_actor(SYSTEM, house.organization_id))


def _house(seed: int, name: str, day: date) -> House:
    organization_id = key(seed, name)
    with tenancy.within(organization_id):
        places = (
            Membership.objects.filter(organization_id=organization_id)
            .select_related("user")
            .prefetch_related("credentials")
        )
        staff = {one.user.email.partition("@")[0]: _colleague(one) for one in places}
    return House(name, organization_id, seed, day, staff)


def _colleague(place: Membership) -> Colleague:
    return Colleague(
        place.pk,
        place.user.name,
        tuple(
            signatures.Credential(one.short, one.expires_date) for one in place.credentials.all()
        ),
    )


# ---- who works there -------------------------------------------------------------------------


def _organization(seed: int, name: str, password: str, at: datetime) -> None:
    made = services.found_organization(
        name=name,
        zone=ZONE,
        by_system=SYSTEM,
        at=at - _FOUNDED_BEFORE,
        organization_id=key(seed, name),
        second_factor=SecondFactor.ADMINISTRATORS,
    )
    by = system_actor(SYSTEM, made.id)
    with tenancy.within(made.id), trail.operation():
        for account in ACCOUNTS:
            if account.organization == name:
                _person(seed, account, password, by, at)
        for email, (place, roles) in ALSO_WORKS_AT.items():
            if place == name:
                user = _user(seed, email, "", password, at)
                _membership(seed, user, made.id, roles, at)
        if name == ALDER:
            _ended(seed, password, by, at)
            _invited(by, at)
        worklist.refresh_due(*Credential.objects.all(), by=by, at=at)


def _person(seed: int, account: Account, password: str, by: Actor, at: datetime) -> None:
    user = _user(seed, account.email, account.name, password, at)
    place = _membership(seed, user, by.organization_id, account.roles, at)
    if account.license:
        title, short, issuer, days = account.license
        Credential.objects.create(
            id=key(seed, f"{account.email} {short} credential"),
            organization_id=by.organization_id,
            membership=place,
            title=title,
            short=short,
            number=str(Random(f"{seed}{account.email}").randrange(10_000, 99_999)),  # noqa: S311
            issuer=issuer,
            expires_date=(at + timedelta(days=days)).date(),
            recorded_at=at - timedelta(days=399),
            recorded_by=by.name,
        )


def _user(seed: int, email: str, name: str, password: str, at: datetime) -> User:
    known = next((one.name for one in ACCOUNTS if one.email == email), name)
    user, fresh = User.objects.get_or_create(
        id=key(seed, email),
        defaults={"email": email, "name": known, "password": password, "created_at": at},
    )
    if fresh:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _membership(
    seed: int, user: User, organization_id: UUID, roles: tuple[Role, ...], at: datetime
) -> Membership:
    return Membership.objects.create(
        id=key(seed, f"{user.email} {organization_id}"),
        user=user,
        organization_id=organization_id,
        roles=sorted(roles),
        created_at=at - timedelta(days=400),
    )


def _ended(seed: int, password: str, by: Actor, at: datetime) -> None:
    name, email, _, roles = ENDED
    user = _user(seed, email, name, password, at)
    place = _membership(seed, user, by.organization_id, roles, at)
    services.deactivate(membership_id=place.id, by=by, at=at - timedelta(days=33))


def _invited(by: Actor, at: datetime) -> None:
    name, email, roles = INVITED
    services.invite(email=email, name=name, roles=roles, by=by, at=at - timedelta(days=1))
