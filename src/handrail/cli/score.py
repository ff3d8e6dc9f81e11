"""`handrail score`: what a filled-in questionnaire adds up to, and what to act on.

The formats are described in docs/reference/score-format.md.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence

from handrail.cli.reading import BadInput, named, read_json, read_toml
from handrail.core.instruments import (
    Instrument,
    InstrumentError,
    ResponseError,
    Score,
    load_instrument,
    match_instrument,
    score,
    score_answers,
)
from handrail.core.instruments.shapes import described
from handrail.data.instruments import shipped_instruments, shipped_scoring


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `score` to the commands."""
    parser = subparsers.add_parser(
        "score", help="score a questionnaire response", description=__doc__
    )
    parser.add_argument("file", metavar="FILE", help="JSON file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.add_argument("--questionnaire", metavar="FILE", help="FHIR R4 Questionnaire to use")
    parser.add_argument(
        "--scoring",
        metavar="FILE",
        help="its scoring definition: a TOML file, or a name such as who-audit",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Score the file and print the result. Answers 0, or 2 with a message on standard error."""
    try:
        known = _instruments(args.questionnaire, args.scoring)
        written = read_json(args.file)
        scores = _score_all(written, known, only=bool(args.questionnaire))
    except BadInput as error:
        print(f"handrail score: {error}", file=sys.stderr)
        return 2
    except (InstrumentError, ResponseError) as error:
        place = "" if isinstance(error, InstrumentError) else f"{named(args.file)}: "
        print(f"handrail score: {place}{error}", file=sys.stderr)
        return 2
    told = _as_json(scores, written) if args.json else "\n\n".join(map(_as_text, scores))
    # A response may quote half a character (a lone surrogate): show it escaped, do not stop.
    print(told.encode("utf-8", "backslashreplace").decode("utf-8"))
    return 0


def _instruments(questionnaire: str | None, scoring: str | None) -> tuple[Instrument, ...]:
    if questionnaire is None and scoring is None:
        return shipped_instruments()
    if questionnaire is None or scoring is None:
        raise BadInput("--questionnaire and --scoring belong together: give both")
    wording = read_json(questionnaire)
    if not isinstance(wording, Mapping):
        raise BadInput(f"{questionnaire}: expected a FHIR R4 Questionnaire")
    source = f"{questionnaire} with {scoring}"
    return (load_instrument(wording, _scoring(scoring), source=source),)


def _scoring(named_or_path: str) -> Mapping[str, object]:
    """Take a scoring definition that comes with the program by its name, any other by its file."""
    try:
        return shipped_scoring(named_or_path)
    except FileNotFoundError:
        return read_toml(named_or_path)


def _score_all(written: object, known: Sequence[Instrument], *, only: bool) -> list[Score]:
    if not isinstance(written, Mapping):
        raise ResponseError(
            "expected a QuestionnaireResponse, a Bundle with them, "
            'or {"instrument": "phq-9", "answers": [..]}'
        )
    if "resourceType" not in written:
        return [_score_plain(written, known, only=only)]
    if written["resourceType"] == "Bundle":
        return [_score_one(each, known, only=only) for each in _responses(written)]
    return [_score_one(written, known, only=only)]


def _responses(bundle: Mapping[str, object]) -> list[Mapping[str, object]]:
    entries = bundle.get("entry")
    if not isinstance(entries, list):
        raise ResponseError("entry: expected a list of Bundle entries")
    resources = [e.get("resource") if isinstance(e, Mapping) else None for e in entries]
    found = [
        resource
        for resource in resources
        if isinstance(resource, Mapping) and resource.get("resourceType") == "QuestionnaireResponse"
    ]
    if not found:
        raise ResponseError("entry: expected at least one QuestionnaireResponse in the Bundle")
    return found


def _score_plain(
    written: Mapping[str, object], known: Sequence[Instrument], *, only: bool
) -> Score:
    if "answers" not in written:
        raise ResponseError(
            'expected the field "resourceType" (a FHIR resource), '
            'or the fields "instrument" and "answers"'
        )
    answers = written["answers"]
    if not isinstance(answers, list | dict):
        raise ResponseError("answers: expected a list or an object of answers")
    wanted = written.get("instrument")
    if only and wanted is None:
        return score_answers(known[0], answers)
    for instrument in known:
        if isinstance(wanted, str) and _same_name(wanted, instrument):
            return score_answers(instrument, answers)
    names = ", ".join(instrument.id for instrument in known)
    raise ResponseError(f"instrument: expected one of {names}, found {described(wanted)}")


def _same_name(wanted: str, instrument: Instrument) -> bool:
    names = (instrument.id, instrument.title, *instrument.scoring.match_codes)
    return wanted.strip().casefold() in {name.casefold() for name in names}


def _score_one(response: Mapping[str, object], known: Sequence[Instrument], *, only: bool) -> Score:
    kind = response.get("resourceType")
    if kind != "QuestionnaireResponse":
        raise ResponseError(
            f"resourceType: expected QuestionnaireResponse or Bundle, found {described(kind)}"
        )
    instrument = known[0] if only else match_instrument(response, known)
    if instrument is None:
        names = ", ".join(each.id for each in known)
        raise ResponseError(
            "questionnaire: expected a response to a known instrument "
            f"({names}), found {described(response.get('questionnaire'))}; "
            "give --questionnaire and --scoring for any other"
        )
    return score(instrument, response)


def as_data(result: Score) -> dict[str, object]:
    """Give a score as plain data, in the order and with the names of the JSON format."""
    return {
        "instrument": result.instrument,
        "title": result.title,
        "total": result.total,
        "band": result.band,
        "subscales": dict(result.subscales),
        "answered": result.answered,
        "expected": result.expected,
        "flags": [
            {"code": f.code, "urgent": f.urgent, "plain": f.plain, "clinician": f.clinician}
            for f in result.flags
        ],
        "problems": [{"kind": p.kind, "item": p.item, "plain": p.plain} for p in result.problems],
        "findings": {
            code: {"value": f.value, "evidence": f.evidence} for code, f in result.findings.items()
        },
        "cautions": list(result.cautions),
        "wording_verified": result.wording_verified,
    }


def _as_json(scores: Sequence[Score], written: object) -> str:
    """One object for one response; a list for a Bundle, in its order."""
    several = isinstance(written, Mapping) and written.get("resourceType") == "Bundle"
    data: object = [as_data(each) for each in scores] if several else as_data(scores[0])
    return json.dumps(data, indent=2, ensure_ascii=False)


def _as_text(result: Score) -> str:
    lines = [_headline(result)]
    lines += [f"  {name}: {_or_none(value)}" for name, value in result.subscales.items()]
    for each in result.flags:
        lines.append(f"{'URGENT' if each.urgent else 'Note'}: {each.clinician}")
        lines.append(f"  To the person: {each.plain}")
    if any(each.urgent for each in result.flags):
        lines.append("Suicide and crisis line, any hour: call or text 988. Emergency: 911.")
    if result.problems:
        lines.append("Problems:")
        lines += [f"  - {problem.plain}" for problem in result.problems]
    lines += [f"Keep in mind: {caution}" for caution in result.cautions]
    return "\n".join(lines)


def _headline(result: Score) -> str:
    told = f"{result.answered} of {result.expected} questions answered"
    if result.total is not None:
        band = f", {result.band}" if result.band else ""
        return f"{result.title}: {result.total}{band} ({told})"
    if result.subscales:
        return f"{result.title}: no total, subscales ({told})"
    return f"{result.title}: no total ({told})"


def _or_none(value: float | None) -> str:
    return "no sum, answers are missing or unclear" if value is None else str(value)
