"""Sends to every parameter of every page what nobody would type, to see whether a page breaks.

The parameters are found, not listed: from the forms and links that pages show, and from what a view
asks of its request while it answers. So a new field is fuzzed from its first day.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unittest import mock
from urllib.parse import parse_qsl, quote, urlsplit
from uuid import uuid4

from django.db import transaction
from django.http import QueryDict
from django.http.request import QueryDict as RealQueryDict
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

HOSTILE: dict[str, list[str]] = {
    "NUL": ["a\x00b"],
    "no decimal digit": ["²"],
    "other digits": ["٣"],
    "5,000 digits": ["9" * 5_000],
    "100 kB": ["long words " * 9_000],
    "no key": ["not-a-key"],
    "another's key": [str(uuid4())],
    "unheard of": ["unheard_of"],
    "several": ["one", "two", "three"],
    "path": ["../../etc/passwd"],
    "emoji": ["🙂‍↔️" * 30],
    "empty": [""],
    "negative": ["-1"],
    "fraction": ["0.5"],
    "end of time": ["9999-12-31"],
    "end of time, typed": ["12/31/9999"],
    "moment": ["9999-12-31T23:59"],
    "clocks skip it": ["2026-03-08T02:30"],
    "markup": ["<script>'\"{{ 7*7 }}%s{0}"],
    "separators": ["|:||::|"],
}
SAMPLE = 8
"""So many parameters of a page get a value of their own where not everything is tried; all of them
get hostile values together.
"""
METHOD_NOT_ALLOWED = 405
VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
"""Parts of a parameter's name that differ from row to row."""


@dataclass
class Target:
    """An address, and for each method the parameters it takes with what they usually hold."""

    name: str
    path: str
    varying: tuple[str, ...] = ()
    usual: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {"GET": {}, "POST": {}})


class Fuzz:
    """Fuzzes the addresses of one signed-in client."""

    def __init__(self, client, arguments) -> None:
        client.raise_request_exception = False
        self.client, self.arguments = client, arguments
        self.targets = {one.name: one for one in self._targets()}
        self.broken: dict[str, list[str]] = defaultdict(list)
        self.sent = 0

    def _targets(self) -> Iterator[Target]:
        for name, pattern in every_pattern():
            keys = pattern.pattern.regex.groupindex
            if set(keys) <= set(self.arguments):
                chosen = {key: self.arguments[key] for key in keys}
                yield Target(name, reverse(name, kwargs=chosen), tuple(keys))

    def look(self) -> None:
        """Open every page, and note what its forms and links would send."""
        for target in self.targets.values():
            answer = self._send(target, "GET", {}, "as it is")
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                for method, address, found in harvest(answer.content.decode(), target.path):
                    self._note(method, address, found)

    def _note(self, method, address, found) -> None:
        try:
            match = resolve(urlsplit(address).path)
        except Resolver404:
            return
        if match.view_name in self.targets:
            known = self.targets[match.view_name].usual[method]
            for name, values in found.items():
                if not known.get(name):
                    known[name] = values

    def attack(self, name: str, *, everything: bool) -> None:
        """Send hostile values to one address: one to each parameter, or with everything all."""
        target = self.targets[name]
        for method in ("GET", "POST"):
            status, asked = self._asked(target, method)
            if status == METHOD_NOT_ALLOWED:
                continue
            self._attack_path(target, method, everything=everything)
            usual = {key: [""] for key in asked} | target.usual[method]
            chosen = parameters(usual)
            for at, key in enumerate(chosen if everything else sample(name, chosen)):
                for kind in HOSTILE if everything else [rotating(name, at)]:
                    self._send(target, method, usual | {key: HOSTILE[kind]}, f"{key}: {kind}")
            for kind in HOSTILE if everything else [rotating(name, 0), rotating(name, 1)]:
                every = dict.fromkeys(usual, HOSTILE[kind])
                if every:
                    self._send(target, method, every, f"all of them: {kind}")

    def _attack_path(self, target, method, *, everything) -> None:
        for at, key in enumerate(target.varying):
            for kind in HOSTILE if everything else [rotating(target.name, at), "5,000 digits"]:
                value = str(self.arguments[key])
                path = target.path.replace(quote(value), quote(HOSTILE[kind][0][:2_000], safe=""))
                self._send(target, method, {}, f"<{key}>: {kind}", path=path)

    def _asked(self, target, method) -> tuple[int, set[str]]:
        """What the view asks of its request when it gets what is usual, and how it answers."""
        with noting_what_is_asked() as asked:
            answer = self._send(target, method, target.usual[method], "as usual")
        return answer.status_code, {one for one in asked if one != "csrfmiddlewaretoken"}

    def _send(self, target, method, parameters, what, *, path=""):
        self.sent += 1
        query = QueryDict(mutable=True)
        for name, values in parameters.items():
            query.setlist(name, values)
        cookies = deepcopy(self.client.cookies)
        before = transaction.savepoint()
        sent = {"QUERY_STRING": query.urlencode()} if method == "GET" else {}
        body = query.urlencode() if method == "POST" else ""
        answer = self.client.generic(
            method, path or target.path, body, "application/x-www-form-urlencoded", **sent
        )
        transaction.savepoint_rollback(before)
        self.client.cookies = cookies
        if answer.status_code >= 500:
            error = answer.exc_info and answer.exc_info[1]
            self.broken[f"{method} {target.name}"].append(f"{what}: {error!r:.200}")
        return answer


def every_pattern() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with the name it is reversed by."""
    for resolver in get_resolver().url_patterns:
        space = getattr(resolver, "namespace", None)
        for one in getattr(resolver, "url_patterns", [resolver]):
            for pattern in getattr(one, "url_patterns", [one]):
                inner = space or getattr(one, "namespace", None)
                yield f"{inner}:{pattern.name}" if inner else pattern.name, pattern


def rotating(name: str, at: int) -> str:
    """One kind of value for this parameter of this page, another for the next; always the same."""
    return list(HOSTILE)[(sum(map(ord, name)) + 7 * at) % len(HOSTILE)]


def sample(name: str, parameters: list[str]) -> list[str]:
    """Some of a page's parameters: always the same of one page, and others of the next."""
    step = -(-len(parameters) // SAMPLE) or 1
    return parameters[sum(map(ord, name)) % step :: step]


def parameters(usual) -> list[str]:
    """The parameters to try, one of each kind: rows of a list have names that differ by key."""
    kinds = {VARYING.sub("#", one): one for one in sorted(usual)}
    return [one for one in kinds.values() if one != "csrfmiddlewaretoken"]


@contextmanager
def noting_what_is_asked() -> Iterator[set[str]]:
    """Every parameter that is asked for while this lasts."""
    asked: set[str] = set()

    class Noting(RealQueryDict):
        def __getitem__(self, key):
            asked.add(key)
            return super().__getitem__(key)

        def __contains__(self, key):
            asked.add(key)
            return super().__contains__(key)

        def getlist(self, key, default=None):
            asked.add(key)
            return super().getlist(key, default)

        def get(self, key, default=None):
            asked.add(key)
            return super().get(key, default)

    with (
        mock.patch("django.http.request.QueryDict", Noting),
        mock.patch("django.core.handlers.wsgi.QueryDict", Noting),
    ):
        yield asked


# ---- what a page would send --------------------------------------------------------------------


def harvest(page: str, here: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Method, address and usual values of every form and of every link with a question mark."""
    reader = _Reader(here)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, []
        self.form: dict[str, list[str]] | None = None
        self.select, self.options, self.area = "", [], ""

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        if tag == "a" and "?" in own.get("href", ""):
            query = dict.fromkeys([])
            for key, value in parse_qsl(urlsplit(own["href"]).query, keep_blank_values=True):
                query.setdefault(key, []).append(value)
            self.found.append(("GET", urlsplit(own["href"]).path or self.here, query))
        elif tag == "form":
            self.form = {}
            address = own.get("action") or self.here
            self.found.append((own.get("method", "get").upper(), address, self.form))
        elif self.form is not None and own.get("name"):
            self._control(tag, own)
        elif tag == "option" and self.select:
            self.options.append((own.get("value", ""), "selected" in own))

    def _control(self, tag, own):
        name, kind = own["name"], own.get("type", "text")
        if tag == "select":
            self.select, self.options = name, []
        elif tag == "textarea":
            self.area, self.form[name] = name, ["Some words."]
        elif tag == "button":
            self.form.setdefault(name, [own.get("value", "")])
        elif kind in ("checkbox", "radio"):
            if "checked" in own or not self.form.get(name):
                self.form[name] = [own.get("value") or "on"]
        elif tag == "input":
            self.form[name] = [own.get("value") or usual_value(name, kind)]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected and value]
            others = [value for value, _ in self.options if value]
            if self.form is not None:
                self.form[self.select] = (chosen or others or [""])[:1]
            self.select = ""


def usual_value(name: str, kind: str) -> str:
    """What somebody would type into an empty box."""
    by_kind = {
        "date": "2026-12-01", "time": "18:00", "number": "5", "email": "n@x.example",
        "datetime-local": "2026-12-01T18:00", "hidden": "", "password": "a steady handrail",
    }  # fmt: skip
    if kind in by_kind:
        return by_kind[kind]
    if re.search(r"date|day|born|since|until|_on$|^on$", name):
        return "12/1/2026"
    return "40" if re.search(r"amount|cents|copay|fee|income|rate", name) else "Some words"
