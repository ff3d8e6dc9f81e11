"""PDFs: they say what was given to them to the letter, and are tagged for screen readers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.integrations import documents
from handrail.integrations.documents import CannotTypeset
from tests.pdf_text import pdf_text, without_space

STRANGE = (
    '#eval("1+1")',
    '#import "@preview/x:1": *',
    "*not bold* _not slanted_ `code`",
    "$x^2$ and \\ a backslash",
    "= no heading",
    "- no list",
    "// no remark /* either */",
    "<label> @reference ~ -- ---",
    "#{panic()} ] [ { }",
    "Zoë Núñez (O’Brien) “quoted”",
)


def made(*blocks, **more) -> bytes:
    return documents.document(**{"title": "A page", "blocks": blocks} | more)


@pytest.mark.parametrize("words", STRANGE)
def test_what_people_write_is_printed_and_never_carried_out(words):
    page = made(
        documents.heading(words),
        documents.text(words),
        documents.strong(words),
        documents.points([words]),
        documents.table((words, "B"), [(words, "b")]),
        documents.facts(("Name", "Value"), [(words, words)]),
        documents.note(words),
        documents.small(words),
        documents.sum_of(words),
        documents.lines([words]),
        documents.lines_small([words]),
        title=words,
        subtitle=words,
        terms=[words],
    )
    assert pdf_text(page).count(without_space(words)) == 16


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40))
@settings(max_examples=25)
def test_any_text_of_plain_letters_is_printed_as_it_is(words):
    assert without_space(words) in pdf_text(made(documents.text(words)))


def test_a_screen_reader_finds_language_title_and_structure():
    page = made(
        documents.heading("First"),
        documents.heading("Under it", level=3),
        documents.table(("A", "B"), [("a", "b")], right=(1,)),
        documents.points(["one"]),
        title="What it will cost you",
        language="es",
    )
    assert b"/Lang(es-US)" in page
    assert b"/StructTreeRoot" in page
    assert b"/MarkInfo<</Marked true" in page
    assert b"/DisplayDocTitle true" in page
    assert b"/Title(What it will cost you)" in page
    assert b"<pdfuaid:part>1</pdfuaid:part>" in page
    tags = set(re.findall(rb"/S/(\w+)", page))
    assert {b"H1", b"H2", b"H3", b"Table", b"TH", b"TD", b"L", b"LI"} <= tags


def test_statement_and_scope_stand_at_the_end_and_empty_ones_leave_no_line():
    page = pdf_text(made(documents.text("Body"), terms=["The statement.", "", "The scope."]))
    assert page.index("Body") < page.index("Thestatement.") < page.index("Thescope.")


def test_the_foot_and_the_page_numbers_are_on_every_page():
    page = pdf_text(made(documents.lines(["A line of text"] * 120), foot="Alder Street"))
    pages = page.count("AlderStreet")
    assert pages > 1
    assert all(f"{number}/{pages}" in page for number in range(1, pages + 1))


def test_a_template_that_is_not_there_is_refused():
    for name in ("nothing", "../look", "look.typ", ""):
        with pytest.raises(CannotTypeset):
            documents.pdf(name, {})


def test_data_that_does_not_go_with_the_template_is_said_plainly():
    with pytest.raises(CannotTypeset, match="no block of the kind"):
        documents.document(title="A page", blocks=[{"kind": "song"}])
