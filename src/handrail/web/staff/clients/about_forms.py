"""Forms about a client: details, flags, the episode of care, contacts, lists."""

from typing import Any

from handrail.areas.clients.models import ListedKind, MayKnow, Outcome, Relationship, Severity
from handrail.areas.clients.services import contacts, episodes, people, problem_list
from handrail.areas.safety.models import FlagKind
from handrail.areas.safety.services.flags import LONGEST_FORMULATION, LONGEST_WHY
from handrail.core.errors import Invalid
from handrail.data import course_rules
from handrail.web.kit import forms
from handrail.web.staff.clients import words


class DetailsForm(forms.Form):
    """Who a client is and how they are reached."""

    key = "details"
    given_name = forms.Text(
        "Given name",
        max_length=people.LONGEST["given_name"],
        missing="Enter the given name, with at least one letter.",
        help_text="As on their papers.",
    )
    family_name = forms.Text(
        "Family name",
        max_length=people.LONGEST["family_name"],
        missing="Enter the family name, with at least one letter.",
    )
    called = forms.Text(
        "Called",
        max_length=people.LONGEST["called"],
        required=False,
        help_text="The name they go by, if it is another.",
    )
    pronouns = forms.Text(
        "Pronouns",
        max_length=people.LONGEST["pronouns"],
        required=False,
        help_text="For example: she/her",
    )
    birth_date = forms.Day(
        "Birth date",
        missing="Enter a day, for example 5/3/1990.",
        help_text="For example 5/3/1990",
    )
    language = forms.Text(
        "Language they are at home in", max_length=people.LONGEST["language"], required=False
    )
    phone = forms.Text("Phone", max_length=people.LONGEST["phone"], required=False)
    email = forms.Email("E-mail", required=False)


class NewForm(DetailsForm):
    """The details of a new client. Sent twice, it begins one chart."""

    key = "new"
    form = forms.Once()

    def arguments(self) -> dict[str, Any]:
        """What is kept of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form"}


# ---- flags -------------------------------------------------------------------------------------


class FlagForm(forms.Form):
    """What everyone who meets the client must know, and who owns it."""

    key = "raise_flag"
    kind = forms.Choice("What it is about", FlagKind.choices, missing="Choose what it is about.")
    owner = forms.Row(
        "Owner",
        help_text="Who sees to it until it is closed.",
        missing="Choose an owner: someone who works here and cares for clients.",
    )
    why = forms.Text(
        "Why",
        max_length=LONGEST_WHY,
        missing="Say why.",
        help_text="What was seen or said, in a sentence.",
    )
    review_date = forms.Day(
        "Look at it again on", required=False, help_text="For example 12/1/2026"
    )
    other_client = forms.Text(
        "Another client",
        required=False,
        help_text="Names and birth date, so that only one person is meant.",
    )
    other_colleague = forms.Row("Or a colleague", required=False, empty="Nobody")

    def arguments(self) -> dict[str, Any]:
        """The owner by key."""
        entered = dict(self.cleaned_data)
        return entered | {"owner_id": entered.pop("owner")}

    def refuse(self, wrong: Invalid) -> None:
        """Whom they must not meet is said beside the first of its two fields."""
        for one in wrong.errors:
            if one.field == "other":
                one.at("other_client")
        super().refuse(wrong)


class CloseFlagForm(forms.Form):
    """A clinician's grounds for closing a flag."""

    formulation = forms.Text(
        "Formulation",
        lines=4,
        max_length=LONGEST_FORMULATION,
        missing="Write what changed, what protects the client now, and why this no longer holds.",
    )


# ---- the episode of care -----------------------------------------------------------------------


class OpenEpisodeForm(forms.Form):
    """At which level someone is admitted, and what the payer asks for."""

    key = "open_episode"
    level = forms.Choice("Level of care", missing="Choose a level of care.")
    opened_date = forms.Day("From")
    reason = forms.Text("Why this level", max_length=episodes.LONGEST_REASON, required=False)
    payer_minimum = forms.Choice(
        "What the payer asks of one session",
        [(code, one.name) for code, one in course_rules().payer_minimums.items()],
        required=False,
        empty="Nothing",
    )
    week_rules = forms.Many(
        "What the payer asks of a week",
        [(code, one.name) for code, one in course_rules().week_rules.items()],
        required=False,
    )

    def arguments(self) -> dict[str, Any]:
        """Nothing asked of a session is an empty word."""
        return self.cleaned_data | {"payer_minimum": self.cleaned_data["payer_minimum"] or ""}


class ChangeLevelForm(forms.Form):
    """A step up or down."""

    key = "change_level"
    level = forms.Choice("To", words.levels(), missing="Choose a level of care.")
    from_date = forms.Day("From")
    reason = forms.Text(
        "Why", max_length=episodes.LONGEST_REASON, missing="Say why the level of care changes."
    )


class CloseEpisodeForm(forms.Form):
    """How it ended, and what comes next."""

    key = "close_episode"
    outcome = forms.Choice("How it ended", Outcome.choices, missing="Choose how it ended.")
    closed_date = forms.Day("On", required=False)
    # Django takes fields out of the class: the form's own `summary()` stays.
    summary = forms.Text(  # type: ignore[assignment]
        "Summary",
        lines=4,
        max_length=episodes.LONGEST_SUMMARY,
        missing="Write a few words about how it ended and what comes next.",
        help_text="What was reached, and what comes next.",
    )


# ---- contacts and lists ------------------------------------------------------------------------


class ContactForm(forms.Form):
    """A family member or friend, and what they may be told."""

    key = "contact"
    name = forms.Text(
        "Name", max_length=contacts.LONGEST["name"], missing="Enter the contact’s name."
    )
    relationship = forms.Choice(
        "Who they are", Relationship.choices, missing="Choose who they are to the client."
    )
    phone = forms.Text("Phone", max_length=contacts.LONGEST["phone"], required=False)
    may_know = forms.Many("What the client lets them be told", MayKnow.choices, required=False)
    call_if_missed = forms.Yes("Call them when the client does not come")


class ListedForm(forms.Form):
    """A diagnosis, a medicine or an allergy."""

    key = "listed"
    kind = forms.Choice(
        "Which list", ListedKind.choices, missing="Choose a diagnosis, a medicine or an allergy."
    )
    name = forms.Text(
        "What it is", max_length=problem_list.LONGEST["name"], missing="Enter what it is."
    )
    code = forms.Text(
        "ICD-10-CM code",
        max_length=problem_list.LONGEST["code"],
        required=False,
        help_text="For a diagnosis, for example F10.20",
    )
    severity = forms.Choice(
        "Severity of a diagnosis", Severity.choices, required=False, empty="Not said"
    )
    detail = forms.Text(
        "Dose, reaction or remark", max_length=problem_list.LONGEST["detail"], required=False
    )
    by_whom = forms.Text(
        "By whom",
        max_length=problem_list.LONGEST["by_whom"],
        required=False,
        help_text="Who diagnosed or prescribes it",
    )
    from_date = forms.Day("Since", required=False)

    def arguments(self) -> dict[str, Any]:
        """No severity is an empty word."""
        return self.cleaned_data | {"severity": self.cleaned_data["severity"] or ""}


class EndListedForm(forms.Form):
    """Until when an entry held."""

    until_date = forms.Day("It held until", required=False, help_text="Empty: today")


class VoidListedForm(forms.Form):
    """Why an entry never held."""

    reason = forms.Text(
        "It never held, because",
        max_length=problem_list.LONGEST_REASON,
        missing="Say why it is voided.",
    )
