"""The story: lines over time, and the days in which less was in place than was indicated."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.ledger.positions import Party
from handrail.core.ledger.story import Placed, Said, Settled, Span, tell
from tests.core.ledger.test_positions import steps
from tests.core.strategies import CARE, SPINE

BEGIN = date(2026, 10, 12)
TODAY = date(2026, 11, 24)


def day(number):
    return BEGIN + timedelta(days=number)


def told(said=(), settled=(), placed=(), today=TODAY):
    return tell(said=said, settled=settled, placed=placed, today=today, care=CARE)


def said(number, party, *texts, holder="", order=0):
    return Said(day(number), order, party, holder, steps(*texts))


def test_nothing_said_is_a_story_of_today():
    story = told()
    assert (story.first, story.last, story.lines, story.days_short) == (TODAY, TODAY, (), 0)


def test_each_party_has_a_line_and_each_of_two_who_speak_for_one():
    story = told([
        said(14, Party.CLIENT, "fellowship"),
        said(0, Party.CLIENT, "detox", "rtc:30 days"),
        said(0, Party.FAMILY, "rtc", holder="Mother"),
        said(2, Party.FAMILY, "iop", holder="Uncle"),
    ])  # fmt: skip
    assert [(one.party, one.holder) for one in story.lines] == [
        (Party.CLIENT, ""),
        (Party.FAMILY, "Mother"),
        (Party.FAMILY, "Uncle"),
    ]
    first, second = story.lines[0].points
    assert (first.on, first.height, first.acute) == (day(0), SPINE.index("rtc"), ("detox",))
    assert second.height == SPINE.index("fellowship")


def test_clinicians_follow_one_another_on_one_line():
    story = told([
        said(0, Party.CLINICIAN, "iop", holder="Dr. Strand"),
        said(7, Party.CLINICIAN, "php", holder="Ruth Okafor"),
    ])  # fmt: skip
    assert [(one.holder, len(one.points)) for one in story.lines] == [("Ruth Okafor", 2)]


def test_of_one_day_the_last_words_count():
    story = told([said(3, Party.PAYER, "iop", order=2), said(3, Party.PAYER, "sop", order=1)])
    (line,) = story.lines
    assert [one.height for one in line.points] == [SPINE.index("iop")]


def test_the_days_short_are_those_between_two_agreements():
    story = told(
        settled=[Settled(day(0), 0, "iop", "iop", ("detox",)), Settled(day(7), 1, "iop", "iop")],
        placed=[
            Placed(day(25), 1, steps("iop")),
            Placed(day(8), 0, steps("sop")),
            Placed(day(1), 0, steps("detox"), refused=True),
        ],
    )
    heights = [SPINE.index(one) for one in ("on_my_own", "sop", "iop")]
    assert story.short == (
        Span(day(1), day(8), heights[0], heights[2]),
        Span(day(8), day(25), heights[1], heights[2]),
    )
    assert story.days_short == 24
    assert [one.refused for one in story.agreed] == [True, False, False]
    assert story.agreed[-1].until == story.indicated[-1].until == TODAY


def test_a_range_counts_at_its_lower_end_and_what_is_not_known_counts_nothing():
    story = told(
        settled=[Settled(day(5), 0, "sop", "rtc")],
        placed=[Placed(day(0), 0, steps("fellowship")), Placed(day(7), 0, steps("sop"))],
    )
    assert story.days_short == 2
    assert (story.indicated[0].low, story.indicated[0].high) == (
        SPINE.index("sop"),
        SPINE.index("rtc"),
    )


def test_what_was_placed_today_has_no_days_yet():
    story = told(placed=[Placed(TODAY, 0, steps("iop"))])
    assert [one.days for one in story.agreed] == [0]


texts = st.sampled_from([*SPINE, "detox", "none"])
rows = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(list(Party)), texts),
    max_size=12,
    unique_by=lambda one: one[:2],
)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(given_rows, luck):
    """One who was asked on Monday and written down on Friday stands on Monday all the same."""

    def story(order):
        positions = [said(d, p, t, order=i) for i, (d, p, t) in enumerate(order)]
        once = {d: t for d, _, t in sorted(given_rows)}
        settled = [Settled(day(d), i, t, t) for i, (d, t) in enumerate(once.items()) if t in SPINE]
        placed = [Placed(day(d), i, steps(t)) for i, (d, t) in enumerate(once.items())]
        luck.shuffle(settled)
        luck.shuffle(placed)
        return told(positions, settled, placed)

    shuffled = list(given_rows)
    luck.shuffle(shuffled)
    assert story(given_rows) == story(shuffled)


@given(rows)
def test_a_later_position_changes_nothing_of_what_stands_before_it(given_rows):
    """Never edited, only followed."""
    before = [said(d, p, t) for d, p, t in given_rows if d < 30]
    everything = [said(d, p, t) for d, p, t in given_rows]
    kept = {(line.party, point) for line in told(everything).lines for point in line.points}
    assert {(line.party, point) for line in told(before).lines for point in line.points} <= kept
