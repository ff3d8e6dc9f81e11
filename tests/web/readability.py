"""How hard a page is to read: the Flesch-Kincaid grade of its running text.

Grade = 0.39 words per sentence + 11.8 syllables per word - 15.59.
Source: Kincaid, Fishburne, Rogers and Chissom, Research Branch Report 8-75, US Navy, 1975.

Counted is what people read as sentences: paragraphs, list items, definitions and table cells of the
main part. Each of them ends a sentence. Headings, menus, drawings and the list of sources are
left out: they would make the grade look better, or are not written for a reader. Figures are not
words. Syllables are counted by rule, so a grade is good to about half a grade.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = {"p", "li", "dd", "td", "small"}
LEFT_OUT = {"nav", "svg", "h1", "h2", "h3", "h4", "dt", "code"}
VOID = {"br", "img", "input", "meta", "link", "hr", "path", "rect", "circle"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text is made of, and its grade: the US school year that reads it with ease."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        per_sentence = self.words / self.sentences
        return 0.39 * per_sentence + 11.8 * self.syllables / self.words - 15.59


def measure(text: str) -> Measure:
    """Measure running text; a line ends a sentence too."""
    parts = (re.findall(r"[A-Za-z][A-Za-z'’]*", part) for part in re.split(r"[.!?]+\s|\n", text))
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    return Measure(len(words), len(sentences), sum(map(syllables, words)))


def syllables(word: str) -> int:
    """The syllables of an English word, by rule. Letters of an acronym are said one by one."""
    if len(word) > 1 and word.isupper():
        return len(word)
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    # Two vowels said apart: re-si-den-ti-al, vi-de-o, me-di-ate, sit-u-ation, say-ing.
    groups += len(re.findall(r"(?<![gqtcsx])i[ao](?!u|n)|[^q]ua[lt]|eo$|[ay]ying", word))
    # An e at the end that is not said: car(e), tim(es), stopp(ed); but ta-ble, plac-es, need-ed.
    silent = r"[^aeiouy]e$|[^aeiouysxzcgh]es$|[thkv]hes$|[^aeiouytd]ed$"
    said = r"[^aeiouyl]l(e|es|ed)$"
    if re.search(silent, word) and not re.search(said, word):
        groups -= 1
    return max(groups, 1)


def main_text(html: str) -> str:
    """The running text of a page's main part, one block a line."""
    reader = _MainText()
    reader.feed(html)
    return "\n".join(filter(None, (" ".join(block.split()) for block in reader.blocks)))


class _MainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.path: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            return
        left_out = tag in LEFT_OUT or "sources" in dict(attributes).get("class", "").split()
        self.path.append((tag, left_out))
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while self.path and self.path.pop()[0] != tag:
            pass
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data):
        tags = {tag for tag, _ in self.path}
        if "main" in tags and tags & BLOCKS and not any(out for _, out in self.path):
            self.blocks[-1] += data


# ---- Spanish -----------------------------------------------------------------------------------
#
# Ease = 206.835 - 62.3 syllables per word - words per sentence; 65 to 80 is "fairly easy", 80 and
# more "very easy" on the INFLESZ scale. Source: Szigriszt Pazos 1993; Barrio-Cantalejo and others,
# Anales del Sistema Sanitario de Navarra 2008;31:135-152.

STRONG = set("aeoáéíóú")
LETTERS = r"[A-Za-zÁÉÍÓÚÑÜáéíóúñü]"


def ease(text: str) -> float:
    """How easy a Spanish text is to read; a line ends a sentence too."""
    parts = (
        re.findall(rf"{LETTERS}+", part)
        for part in re.split(r"[.!?:;]+[”»)]*\s|[.!?]+[”»]|\n", text)
    )
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    counted = sum(map(sílabas, words))
    return 206.835 - 62.3 * counted / len(words) - len(words) / len(sentences)


def sílabas(word: str) -> int:
    """The syllables of a Spanish word, by rule. Letters of an acronym are said one by one."""
    if len(word) > 1 and word.isupper():
        return len(word)
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower()).replace("ü", "u")
    word = re.sub(r"y$", "i", word)
    count, before = 0, ""
    for sign in word:
        if sign in STRONG:
            # A weak vowel before it is one syllable with it; a strong one is not.
            count += before not in ("i", "u")
        elif sign in "iu":
            count += before not in STRONG | {"i", "u"} or before in ("í", "ú")
        elif sign == "h":
            continue
        before = sign
    return max(count, 1)
