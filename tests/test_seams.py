"""Every contribution of a slice has the shape that whoever asks for it expects."""

from inspect import signature
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from handrail.areas.schedule import busy
from handrail.foundation import tenancy, timeline
from handrail.foundation.seams import contributions, submodules
from handrail.foundation.timeline import Kind
from handrail.web import staff
from handrail.web.staff.clients.chart_tabs import ChartTab, chart_tabs


def _names(modules):
    return {one.__name__ for one in modules}


def test_whoever_takes_people_and_rooms_says_so_in_one_shape():
    found = [one for one in contributions("busy") if one is not busy]
    assert _names(found) == {"handrail.areas.enrollment.busy", "handrail.areas.booking.busy"}
    for one in found:
        assert [*signature(one.busy).parameters] == ["window"]


@pytest.mark.parametrize("module", contributions("timeline"), ids=lambda one: one.__name__)
def test_what_a_slice_puts_on_the_timeline_is_whole(module):
    kinds = list(module.timeline(uuid4(), "America/New_York"))
    assert kinds
    assert all(isinstance(one, Kind) for one in kinds)
    # Two kinds about the same rows are told apart by their step.
    keys = [(one.about, str(one.of), one.step) for one in kinds]
    assert len(set(keys)) == len(keys)


def test_no_two_slices_use_the_same_key_on_the_timeline():
    by_module = {
        one.__name__: {kind.about for kind in one.timeline(uuid4(), "UTC")}
        for one in contributions("timeline")
    }
    abouts = [about for found in by_module.values() for about in found]
    assert len(set(abouts)) == len(abouts)


@pytest.mark.django_db
def test_everything_on_the_timeline_is_read_in_one_query(program, django_assert_num_queries):
    with tenancy.within(program.alder):
        by = program.actor("ruth")
        with django_assert_num_queries(1):
            timeline.entries(uuid4(), by=by, zone="UTC", limit=40)


def test_every_tab_of_a_chart_leads_somewhere_and_has_a_place_of_its_own():
    tabs = chart_tabs()
    assert len(tabs) == sum(len(one.TABS) for one in submodules(staff, "chart_tab"))
    assert all(isinstance(one, ChartTab) for one in tabs)
    assert len({one.place for one in tabs}) == len(tabs)
    for one in tabs:
        assert reverse(one.page, args=[uuid4()]).startswith("/staff/")


def _staff_addresses():
    for one in get_resolver().url_patterns:
        if getattr(one, "app_name", None) == "staff":
            yield from _in(one)


def _in(resolver):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from _in(one)
        else:
            yield one


@pytest.mark.parametrize("pattern", list(_staff_addresses()), ids=lambda one: one.name)
def test_no_address_of_a_slice_hides_another(pattern):
    arguments = {name: uuid4() for name in pattern.pattern.converters}
    try:
        address = reverse(f"staff:{pattern.name}", kwargs=arguments)
    except NoReverseMatch:  # an argument that is no id
        address = reverse(f"staff:{pattern.name}", kwargs=dict.fromkeys(arguments, "x"))
    assert resolve(address).func is pattern.callback


def test_every_package_of_staff_pages_brings_its_addresses():
    with_views = _names(submodules(staff, "views"))
    with_urls = {one.__name__.removesuffix(".urls") for one in submodules(staff, "urls")}
    assert {one.removesuffix(".views") for one in with_views} <= with_urls
