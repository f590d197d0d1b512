"""Every figure explains itself in both languages, with the formula that computes it."""

import re

import pytest

from shared.domain.report.figures import MEASURES
from shared.domain.report.formulas import METRICS
from shared.domain.report.terms import called, spelled, terms
from shared.domain.words.measures_ko import MEASURES_KO, NOTES_KO

METRIC = {metric.name: metric for metric in METRICS}


def test_every_measure_has_its_korean_twin_and_no_other_is_there() -> None:
    assert set(MEASURES_KO) == set(MEASURES)


def test_a_metric_has_a_note_in_both_languages_or_in_none() -> None:
    assert {metric.name for metric in METRICS if metric.note} == set(NOTES_KO)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_published_figure_says_what_it_is(language: str) -> None:
    found = {term.metric: term for term in terms(language, 30)}

    assert set(found) == {*MEASURES, *METRIC}
    assert [term.metric for term in found.values() if not term.formula and not term.note] == []
    assert [term.metric for term in found.values() if term.metric in METRIC and not term.formula] == []


def test_korean_formulas_and_notes_hold_no_name_of_the_code() -> None:
    text = [word for term in terms("ko", 30) for word in (term.formula, term.note)]

    assert [words for words in text if re.search(r"[a-z]_[a-z]", words)] == []


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        (
            "service_level_answered",
            "en",
            "100 × contacts handled in time ÷ (contacts handled + contacts abandoned)",
        ),
        ("service_level_answered", "ko", "100 × 시간 내 응대 ÷ (응대 + 포기)"),
        ("average_interaction_time", "en", "(handle time − wrap time) ÷ contacts completed"),
        ("agent_non_response", "en", "(offers declined + offers expired + offers withdrawn)"),
        ("average_queue_answer_time", "ko", "응대까지 대기 시간 합 ÷ 응대"),
    ],
)
def test_a_formula_is_spelled_with_the_words_of_people(name: str, language: str, words: str) -> None:
    assert spelled(METRIC[name], language) == words


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_formula_names_all_that_it_is_made_of(language: str) -> None:
    for metric in METRICS:
        words = spelled(metric, language)
        parts = [called(name.removeprefix("-"), language) for name in (*metric.top, *metric.bottom)]
        assert [part for part in parts if part not in words] == [], metric.name


def test_the_centres_own_service_level_time_stands_in_the_meaning() -> None:
    for language in ("en", "ko"):
        (term,) = (one for one in terms(language, 45) if one.metric == "contacts_handled_in_time")
        assert "45" in term.note
