"""Forms of every page: django.forms with the fields that a clinic needs, and our own templates.

    class LicenseForm(Form):
        title = Text("What it is called", max_length=120)
        expires_date = Day("Expires on", required=False)

    form = LicenseForm(request.POST)
    if form.submit(services.record_credential, membership_id=key, by=request.actor, at=clock.now()):
        return redirect(...)
    return _show(request, form)        # the same page with everything typed, status=form.status

and in the template `{{ form.summary() }}` and `{{ form.title.as_field_group() }}`. What is typed is
made fit to be kept in one place, here: text without characters nobody sees, numbers of decimal
digits alone, choices that are on the list. Nothing is cut: what is too long is said to be.
How to make one: docs/how-to/contribute/make-a-form.md.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import django.forms
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.template.backends.jinja2 import Jinja2
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from handrail.core import errors
from handrail.core.dates import YEARS, read_day, read_time
from handrail.core.errors import Invalid, Unconfirmed
from handrail.core.money import dollars, read_dollars
from handrail.core.text import one_line, some_lines, whole_number
from handrail.web.kit.sentences import fill, mark, sentence

Choices = Iterable[tuple[Any, Any]]

MOST_TEXT = 20_000
"""Characters of a text of several lines, unless a form says otherwise."""

NOT_A_DAY = mark("That is not a day. Write it as 5/3/1990, May 3, 1990 or 1990-05-03.")
NOT_SUCH_A_YEAR = mark("Enter a day between 1880 and 2199.")
NOT_A_TIME = mark("That is not a time. Write it as 6:00 pm or 18:00.")
NOT_A_MOMENT = mark("Enter a day and a time.")
NO_SUCH_MOMENT = mark(
    "Clocks change that night: this time comes twice or not at all. Choose another."
)
NOT_AN_AMOUNT = mark("Enter an amount, for example 40 or 62.50, up to $100,000,000.")
NOT_AN_EMAIL = mark("Enter an e-mail address, for example dana@example.org.")


# ---- the form ----------------------------------------------------------------------------------


class _Renderer(BaseRenderer):
    """Draws forms with the templates beside this file, in the environment of the pages."""

    form_template_name = "kit/form.jinja"
    field_template_name = "kit/field.jinja"

    @cached_property
    def engine(self) -> Jinja2:
        ours = Path(__file__).parents[1]
        django_s = Path(django.forms.__file__).parent / "jinja2"
        return Jinja2(
            {
                "NAME": "forms",
                "DIRS": [ours, django_s],
                "APP_DIRS": False,
                "OPTIONS": {"environment": "handrail.web.environment.environment"},
            }
        )

    def get_template(self, template_name: str) -> Any:
        return self.engine.get_template(template_name)


class Form(forms.Form):
    """A form of ours. `key` keeps the ids of several forms on one page apart."""

    default_renderer = _Renderer()
    key = ""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        key: str = "",
        initial: Mapping[str, Any] | None = None,
        **choices: Choices,
    ) -> None:
        self.key = key = key or self.key
        super().__init__(
            cast(Any, data),
            initial=dict(initial or {}),
            auto_id=f"{key}-%s" if key else "%s",
            label_suffix="",
        )
        for name, rows in choices.items():
            cast(Any, self.fields[name]).choices = rows
        self.question: Unconfirmed | None = None
        self.result: Any = None

    def submit(self, service: Callable[..., Any], **more: Any) -> bool:
        """Hand what was entered to a service; `result` is its answer. False when something is
        wrong: then every field says what, and holds what was typed.
        """
        if not self.is_valid():
            return False
        try:
            self.result = service(**self.arguments(), **more)
        except Invalid as wrong:
            self.refuse(wrong)
            return False
        return True

    def arguments(self) -> dict[str, Any]:
        """What the service is given; what was entered, unless a form puts it together otherwise."""
        return self.cleaned_data

    def refuse(self, wrong: Invalid) -> None:
        """Say at each field what a service found wrong with it; above all of them, the rest."""
        for one in wrong.errors:
            if isinstance(one, Unconfirmed):
                self.question = one
            self.add_error(one.field if one.field in self.fields else None, sentence(one))

    def unless(self, posted: "Form | None") -> "Form":
        """This form; or the one that was posted and is wrong, when that is this one."""
        return posted if posted is not None and posted.key == self.key else self

    @property
    def confirmed(self) -> str:
        """The answer to a question that was asked before, or an empty text."""
        return str(self.data.get("confirmed", ""))

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return 400 if self.is_bound and self.errors else 200

    def summary(self) -> SafeString:
        """What is wrong, first of all: each line leads to its field."""
        found = [
            (self[name], words[0]) for name, words in self.errors.items() if name in self.fields
        ]
        context = {"form": self, "found": found, "whole": self.non_field_errors()}
        return mark_safe(self.renderer.render("kit/summary.jinja", context))  # noqa: S308 - a template of ours


# ---- fields ------------------------------------------------------------------------------------


class _Ours(forms.Field):
    """What all fields share: the label comes first, `missing` is said of an empty one, and errors
    are the classes that services raise too.
    """

    def __init__(self, label: str, *, missing: str = "", **more: Any) -> None:
        self.missing = missing
        super().__init__(label=label, **more)

    def validate(self, value: Any) -> None:
        """An empty field that must be filled in is said to be missing."""
        if self.required and value in self.empty_values:
            raise _wrong(fill(self.missing) if self.missing else sentence(errors.Missing()))


def _wrong(words: str) -> ValidationError:
    return ValidationError(words, code="wrong")


def _typed(value: Any) -> str:
    return "" if value is None else one_line(str(value))


class Text(_Ours):
    """Words on one line, or on several with `lines`. Too long is said, never cut: there is no
    `maxlength` in the page either, since a browser cuts what is pasted without a word.
    """

    widget: type[forms.Widget] = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        max_length: int = 200,
        lines: int = 0,
        among: Iterable[str] = (),
        **more: Any,
    ) -> None:
        self.max_length, self.lines = max_length, lines
        if lines:
            more.setdefault("widget", forms.Textarea({"rows": lines}))
        super().__init__(label, **more)
        self.among = tuple(among)
        self.wide = bool(lines)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Nothing is filled in from an earlier client's form."""
        return {} if "autocomplete" in widget.attrs else {"autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        """The words without characters that nobody sees."""
        text = "" if value is None else str(value)
        return some_lines(text) if self.lines else one_line(text)

    def validate(self, value: str) -> None:
        """There, if it must be, and not too long."""
        super().validate(value)
        if len(value) > self.max_length:
            raise _wrong(sentence(errors.TooLong(self.max_length, len(value))))


class Email(Text):
    """An e-mail address."""

    widget: type[forms.Widget] = forms.EmailInput

    def __init__(self, label: str, *, max_length: int = 254, **more: Any) -> None:
        super().__init__(label, max_length=max_length, **more)

    def run_validators(self, value: str) -> None:
        """An address that mail can be sent to."""
        if value:
            try:
                forms.EmailField().run_validators(value)
            except ValidationError:
                raise _wrong(fill(NOT_AN_EMAIL)) from None


class Whole(_Ours):
    """A whole number; `unit` may be typed after it (15 %)."""

    widget = forms.NumberInput

    def __init__(
        self, label: str, *, least: int = 0, most: int = 9_999, unit: str = "", **more: Any
    ) -> None:
        self.least, self.most, self.unit = least, most, unit
        if unit:
            more.setdefault("widget", forms.TextInput({"inputmode": "numeric"}))
        super().__init__(label, **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The browser counts up and down within the bounds."""
        number = isinstance(widget, forms.NumberInput)
        return {"min": self.least, "max": self.most} if number else {}

    def to_python(self, value: Any) -> int | None:
        """The number, if it is one and within the bounds."""
        text = _typed(value)
        if not text:
            return None
        found = whole_number(text.removesuffix(self.unit))
        if found is None or not self.least <= found <= self.most:
            raise _wrong(sentence(errors.OutOfRange(self.least, self.most)))
        return found


class Cents(_Ours):
    """An amount of money, in cents."""

    widget: type[forms.Widget] = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows figures."""
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """62.50 for 6250."""
        return dollars(value).removeprefix("$") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """The amount in cents: 40, $1,250 and 62.50 are amounts."""
        text = _typed(value)
        if not text:
            return None
        found = read_dollars(text)
        if found is None:
            raise _wrong(fill(NOT_AN_AMOUNT))
        return found


def _day(text: str, otherwise: str) -> date:
    found = read_day(text)
    if found is None:
        raise _wrong(fill(otherwise))
    if found.year not in YEARS:
        raise _wrong(fill(NOT_SUCH_A_YEAR))
    return found


class Day(_Ours):
    """A day: typed as people write it, or from the browser's calendar with `calendar`."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, label: str, *, calendar: bool = False, **more: Any) -> None:
        self.calendar = calendar
        if calendar:
            more.setdefault("widget", forms.TextInput({"type": "date"}))
        else:
            more.setdefault("help_text", "For example 5/3/1990")
        super().__init__(label, **more)

    def prepare_value(self, value: Any) -> Any:
        """The value of a date box, and 5/3/1990 in one for typing."""
        if not isinstance(value, date):
            return value
        return value.isoformat() if self.calendar else f"{value.month}/{value.day}/{value.year}"

    def to_python(self, value: Any) -> date | None:
        """The day, however it was written."""
        text = _typed(value)
        return _day(text, NOT_A_DAY) if text else None


class TimeOfDay(_Ours):
    """A time by the clock on the wall."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, label: str, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput({"type": "time"}))
        super().__init__(label, **more)

    def prepare_value(self, value: Any) -> Any:
        """The value of a time box."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        """The time: 18:00, 6 pm and 6:30 p.m. are times."""
        text = _typed(value)
        found = read_time(text) if text else None
        if text and found is None:
            raise _wrong(fill(NOT_A_TIME))
        return found


class Moment(_Ours):
    """A day and a time by the clock of the organization, as the one moment it is."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, label: str, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput({"type": "datetime-local"}))
        super().__init__(label, **more)

    def prepare_value(self, value: Any) -> Any:
        """The value of a box for a day and a time, by the organization's clock."""
        local = timezone.localtime(value) if isinstance(value, datetime) else None
        return f"{local:%Y-%m-%dT%H:%M}" if local else value

    def to_python(self, value: Any) -> datetime | None:
        """The moment, unless clocks skip or repeat it."""
        text = _typed(value)
        if not text:
            return None
        day, _, hour = text.replace("T", " ").partition(" ")
        local_date, local_time = _day(day, NOT_A_MOMENT), read_time(hour)
        if local_time is None:
            raise _wrong(fill(NOT_A_MOMENT))
        try:
            return forms.utils.from_current_timezone(datetime.combine(local_date, local_time))
        except ValidationError:
            raise _wrong(fill(NO_SUCH_MOMENT)) from None


class Yes(_Ours, forms.BooleanField):
    """One box to check."""

    alone = True

    def __init__(self, label: str, *, required: bool = False, **more: Any) -> None:
        super().__init__(label, required=required, **more)


class Key(_Ours):
    """The key of a row that a button or the page names."""

    widget: type[forms.Widget] = forms.HiddenInput

    def to_python(self, value: Any) -> UUID | None:
        """The key; none where there is no key."""
        try:
            return UUID(_typed(value))
        except ValueError:
            return None


class Once(Key):
    """A key that the page made, so that a form which is sent twice is carried out once."""

    def __init__(self) -> None:
        super().__init__("Sent once", required=False, initial=uuid4)


class _Radios(forms.RadioSelect):
    template_name = "kit/choices.jinja"


class _Boxes(forms.CheckboxSelectMultiple):
    template_name = "kit/choices.jinja"


class Choice(_Ours, forms.TypedChoiceField):
    """One of several: a list to open, or all of them to see with `radio`. `read` makes it what a
    service takes: an enum, a UUID.
    """

    def __init__(
        self,
        label: str,
        choices: Choices = (),
        *,
        read: Callable[[str], Any] = str,
        radio: bool = False,
        empty: str = "Choose",
        **more: Any,
    ) -> None:
        self.empty = "" if radio else empty
        if radio:
            more.setdefault("widget", _Radios())
        super().__init__(label, choices=choices, coerce=read, empty_value=None, **more)

    @property
    def choices(self) -> Any:
        """What there is to choose from; first, in a list, that nothing is chosen yet."""
        return self._choices

    @choices.setter
    def choices(self, rows: Any) -> None:
        listed = _keys_as_text(rows)
        shown = [("", self.empty), *listed] if self.empty else listed
        self._choices = cast(Any, self.widget).choices = shown

    def to_python(self, value: Any) -> str:
        """What was chosen, as text."""
        return _typed(value)

    def validate(self, value: str) -> None:
        """On the list."""
        _Ours.validate(self, value)
        if value and not self.valid_value(value):
            raise _wrong(fill(self.missing) if self.missing else sentence(errors.NotAChoice()))


def _keys_as_text(rows: Choices) -> list[tuple[str, Any]]:
    """Choices as pages write them. A title with choices below it is a part of a list."""
    return [
        (str(key), _keys_as_text(words) if isinstance(words, list | tuple) else words)
        for key, words in rows
    ]


class Row(Choice):
    """One of several rows, by its key."""

    def __init__(self, label: str, rows: Choices = (), **more: Any) -> None:
        super().__init__(label, rows, read=UUID, **more)


class Many(_Ours, forms.TypedMultipleChoiceField):
    """As many of several as fit."""

    widget = _Boxes
    wide = True

    def __init__(
        self, label: str, choices: Choices = (), *, read: Callable[[str], Any] = str, **more: Any
    ) -> None:
        super().__init__(label, choices=choices, coerce=read, empty_value=[], **more)

    @property
    def choices(self) -> Any:
        """What there is to choose from."""
        return self._choices

    @choices.setter
    def choices(self, rows: Any) -> None:
        self._choices = cast(Any, self.widget).choices = _keys_as_text(rows)

    def to_python(self, value: Any) -> list[str]:
        """What was chosen, as texts."""
        return [_typed(one) for one in value or ()]

    def validate(self, value: list[str]) -> None:
        """All of them on the list, and one at least if it must be."""
        _Ours.validate(self, value)
        if not all(self.valid_value(one) for one in value):
            raise _wrong(sentence(errors.NotAChoice()))


class Rows(Many):
    """As many of several rows as fit, by their keys."""

    def __init__(self, label: str, rows: Choices = (), **more: Any) -> None:
        super().__init__(label, rows, read=UUID, **more)
