"""Screening instruments: reads FHIR questionnaires, scores responses, says what is wrong."""

from handrail.core.instruments.instrument import Instrument, InstrumentError, load_instrument
from handrail.core.instruments.match import match_instrument
from handrail.core.instruments.response import Problem, ResponseError
from handrail.core.instruments.score import Flag, Score, ScoredFinding, score, score_answers

__all__ = [
    "Flag",
    "Instrument",
    "InstrumentError",
    "Problem",
    "ResponseError",
    "Score",
    "ScoredFinding",
    "load_instrument",
    "match_instrument",
    "score",
    "score_answers",
]
