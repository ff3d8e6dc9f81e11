"""What a PDF of ours says, read out of its bytes: enough of the format for our own documents."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\s)(\d+) 0 obj(.*?)endobj", re.S)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.S)
# A string ends at its own bracket: balanced ones inside it need no backslash.
_LETTER = rb"[^()\\]|\\."
_INNER = rb"\((?:%s)*\)" % _LETTER
_TEXT = rb"\((?:%s|%s)*\)" % (_LETTER, rb"\((?:%s|%s)*\)" % (_LETTER, _INNER))
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(%s)" % _TEXT, re.S)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(content: bytes) -> str:
    """The words of all pages in the order they are written, without any space."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    pages = (_page(objects, body) for body in objects.values() if b"/Type/Page/" in body)
    return re.sub(r"\s", "", "".join(pages))


def without_space(text: str) -> str:
    """A text as `pdf_text` would give it."""
    return re.sub(r"\s", "", text)


def _page(objects: dict[int, bytes], page: bytes) -> str:
    """The words of one page; its fonts have names of their own."""
    resources = page
    if named := re.search(rb"/Resources (\d+) 0 R", page):
        resources = objects[int(named[1])]
    fonts = {
        name: _map_of(objects, int(number))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    written = objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])]
    return _words(_unpacked(written), fonts)


def _unpacked(body: bytes) -> bytes:
    """What a stream holds: as many bytes as it says, since its last ones may look like an end."""
    found = _STREAM.search(body)
    return zlib.decompress(body[found.end() : found.end() + int(found[1])])


def _words(page: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    said, letters = [], {}
    for font, text in _SHOWN.findall(page):
        if font:
            letters = fonts[font]
            continue
        raw = _ESCAPE.sub(_byte, text[1:-1])
        codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
        said.append("".join(letters.get(code, "") for code in codes))
    return "".join(said)


def _byte(found: re.Match) -> bytes:
    one = found[1]
    return bytes([int(one, 8)]) if one[:1].isdigit() else _PLAIN.get(one, one)


def _map_of(objects: dict[int, bytes], number: int) -> dict[int, str]:
    """Which letters a font's codes stand for, from its ToUnicode map."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
    text = _unpacked(objects[int(named[1])]).decode("latin-1")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    return found
