"""Documents made from the pages: the glossary and how hard each page is to read.

Write them anew with `HANDRAIL_WRITE_DOCUMENTS=1 ./run test tests/web/test_documents.py`.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from handrail.areas.checks import services as checks
from handrail.core.check import Voice
from handrail.data import private_check
from handrail.data.wording import glossary_document
from handrail.foundation.clock import now
from tests.core.test_check import by_key, walk
from tests.web.pages import READING
from tests.web.readability import ease, main_text, measure, syllables

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"
TOO_HARD = 6.0

INTRODUCTION = """\
# Reading level of the public pages

Every public page is to be read with ease by someone with six years of school. The measure is the
Flesch-Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and
others, 1975). `tests/web/readability.py` counts: paragraphs, list items, definitions and cells of
the main part, each ending a sentence. Headings, menus, drawings and lists of sources do not count.
The letters of an acronym count as one syllable each. A test fails when a page passes grade 6.

| page | address | words | words per sentence | grade |
|---|---|---|---|---|
"""


IN_SPANISH = """
## In Spanish

Here the measure is the INFLESZ ease: 206.835 − 62.3 × syllables per word − words per sentence
(Szigriszt Pazos, 1993; Barrio-Cantalejo and others, 2008). 65 to 80 is fairly easy, 80 and more
very easy. A test fails when a page falls below 65, a result below 60.

| page | address | ease |
|---|---|---|
"""


def same_as_written(name: str, text: str) -> None:
    file = DOCS / name
    if os.environ.get("HANDRAIL_WRITE_DOCUMENTS") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, f"docs/{name} is behind: see {__file__}"


DRINKS_AT_WEEKENDS = by_key(
    substances=["alcohol"],
    last_use=["days"],
    drinking=["binge"],
    signs=["stop", "costs", "craving", "tolerance"],
    pattern=["growing"],
)
DRINKS_DAILY = by_key(
    substances=["alcohol-daily"],
    last_use=["now"],
    shaking=["mild"],
    stopping_before=["morning"],
    signs=["stop", "costs", "craving", "tolerance"],
)
RESULTS = {
    "Result, one level, for me": (Voice.ME, DRINKS_AT_WEEKENDS),
    "Result, one level, for someone": (Voice.SOMEONE, DRINKS_AT_WEEKENDS),
    "Result, withdrawal first": (Voice.SOMEONE, DRINKS_DAILY),
}


def result_text(client, voice, choose, address="/check/result"):
    """The running text of the result that someone gets who answers like this."""
    token = checks.start_check(voice=voice, at=now())
    answers = walk(choose)
    checks.change_check(token=token, change=lambda draft: replace(draft, answers=answers), at=now())
    client.cookies[settings.CHECK_COOKIE] = token
    return main_text(client.get(address).content.decode())


def question_text(voice):
    """Everything that the questions of the check say in one voice, a line a sentence."""
    lines = [part.why for part in private_check().parts]
    for question in private_check().questions:
        words = [question.ask, question.hint, *(choice.words for choice in question.choices)]
        lines += [each.to(voice) for each in words]
        lines += [choice.small for choice in question.choices]
    return "\n".join(lines)


def page_measure(client, path):
    return measure(main_text(client.get(path).content.decode()))


def check_measures(client):
    """The check's questions in both voices and some of its results: name, address, measure."""
    for voice, whom in ((Voice.ME, "for me"), (Voice.SOMEONE, "for someone")):
        yield f"Check, all questions, {whom}", "/check/question/…", measure(question_text(voice))
    for name, (voice, choose) in RESULTS.items():
        yield name, "/check/result", measure(result_text(client, voice, choose))


@pytest.mark.django_db
def test_the_check_reads_at_grade_six_or_below(client):
    for name, _, found in check_measures(client):
        assert found.words > 100, name
        assert found.grade <= TOO_HARD, name


@pytest.mark.parametrize("path", READING.values(), ids=READING.keys())
def test_a_page_reads_at_grade_six_or_below(client, path):
    found = page_measure(client, path)
    assert found.words > 100
    assert found.grade <= TOO_HARD


@pytest.mark.django_db
def test_the_document_states_the_measured_grades(client):
    pages = [(name, path, page_measure(client, path)) for name, path in READING.items()]
    rows = []
    for name, path, found in [*pages, *check_measures(client)]:
        per_sentence = found.words / found.sentences
        rows.append(
            f"| {name} | `{path}` | {found.words} | {per_sentence:.1f} | {found.grade:.1f} |"
        )
    same_as_written(
        "reference/reading-level.md",
        INTRODUCTION + "\n".join(rows) + "\n" + IN_SPANISH + "\n".join(spanish(client)) + "\n",
    )


def spanish(client):
    """How easy each page is in Spanish, a row a page."""
    for name, path in READING.items():
        found = ease(main_text(client.get(f"/es{path}").content.decode()))
        yield f"| {name} | `/es{path}` | {found:.0f} |"
    for name, (voice, choose) in RESULTS.items():
        found = ease(result_text(client, voice, choose, address="/es/check/result"))
        yield f"| {name} | `/es/check/result` | {found:.0f} |"


def test_the_glossary_document_is_the_glossary():
    same_as_written("glossary.md", glossary_document())


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1), ("people", 2), ("treatment", 2), ("residential", 4), ("medicine", 3),
        ("stopped", 1), ("needed", 2), ("started", 2), ("places", 2), ("times", 1),
        ("little", 2), ("table", 2), ("evening", 3), ("insurance", 3), ("IOP", 3),
        ("intensive", 3), ("outpatient", 4), ("family", 3), ("video", 3), ("usually", 4),
        ("there", 1), ("rule", 1), ("benzodiazepines", 6),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word, count):
    assert abs(syllables(word) - count) <= (1 if len(word) > 9 else 0)


def test_a_hard_sentence_measures_as_hard():
    hard = (
        "Comprehensive multidimensional assessment necessitates authorization by utilization "
        "reviewers evaluating medical necessity, notwithstanding considerable interdisciplinary "
        "disagreement regarding appropriate placement."
    )
    assert measure(hard).grade > 16
    assert measure("The cat sat on the mat. It was a big cat.").grade < 2
