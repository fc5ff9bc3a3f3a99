"""Codebook: checked as a whole, and every problem told with the nearest known word."""

from pathlib import Path
from typing import Any

import pytest

from orgnet_analytics import DataError
from orgnet_analytics.loaders import Actors, Answers, Codebook, Relation, Scale

GOOD: dict[str, Any] = {
    "actors": {"id": "code", "attributes": ["sector", "size"]},
    "answers": {"sheet": "Answers"},
    "respondent": "who",
    "relations": {"info": {"columns": "info_{actor}", "scale": "often"}},
    "scales": {"often": {"values": {"no": 0, 1: 2}, "missing": [99]}},
}
TEXT = """
actors: {id: code}
answers: {sheet: Antwoorden, responded: ja}
respondent: who
relations: {info: {columns: "info_{actor}", scale: s}}
scales: {s: {values: {yes: 1, no: 0, off: 0}, missing: [00123]}}
synthetic: yes
"""


def problems(given: Any) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        Codebook.from_dict(given)
    issues = caught.value.issues
    return list(zip(issues["column"], issues["suggestion"], strict=True))


def test_from_a_dict():
    book = Codebook.from_dict(GOOD)
    assert book.actors == Actors(id="code", attributes={"sector": "sector", "size": "size"})
    assert book.scales["often"] == Scale(values={"no": 0, "1": 2}, missing=("99",))
    assert book.answers == Answers(sheet="Answers")


def test_from_yaml_words_stay_words(tmp_path: Path):
    (tmp_path / "c.yaml").write_text(TEXT, encoding="utf-8")
    book = Codebook.read(tmp_path / "c.yaml")
    assert book.scales["s"].values == {"yes": 1, "no": 0, "off": 0}
    assert book.scales["s"].missing == ("00123",)
    assert book.synthetic is True


def test_saved_and_read_again(tmp_path: Path):
    book = Codebook.from_dict(GOOD | {"name": "Zorg é", "directed": False})
    book.save(tmp_path / "c.yaml")
    assert Codebook.read(tmp_path / "c.yaml") == book


def test_unknown_keys_get_the_nearest_one():
    given = GOOD | {"respondant": "x", "relations": {"info": {"colums": "info_{actor}"}}}
    found = problems(given)
    assert ("respondant", "did you mean 'respondent'?") in found
    assert ("relations.info.colums", "did you mean 'columns'?") in found


def test_every_problem_at_once():
    given = {
        "actors": {"label": "x"},
        "relations": {"info": {"columns": 3.5, "blank": "no"}},
        "scales": {"often": {"values": {"a": -1}}, "wide": {"lowest": "low"}},
        "directed": "perhaps",
        "language": "fr",
    }
    assert {column for column, _ in problems(given)} >= {
        "actors.id", "respondent", "relations.info.blank", "scales.often.values",
        "scales.wide.lowest", "directed", "language",
    }  # fmt: skip


def test_parts_are_checked_against_each_other():
    relations = {
        "a": {"columns": "a_"},
        "b": {"columns": "{actor}", "scale": "oftn"},
        "c": {"columns": "{actor}", "layout": "rooster"},
    }
    found = dict(problems(GOOD | {"relations": relations, "waves": {1: {}}}))
    assert found["relations.a.columns"] == "for example 'info_{actor}'"
    assert found["relations.b.scale"] == "did you mean 'often'?"
    assert found["relations.c.layout"] == "did you mean 'roster'?"
    assert "waves" in found


@pytest.mark.parametrize(
    "scale",
    [
        {},
        {"lowest": 4, "highest": 1},
        {"values": {"a": 1}, "highest": 3},
        {"values": {"Yes": 1, "yes ": 2}},
        {"lowest": -1, "highest": 1},
    ],
)
def test_scales_that_cannot_be(scale: dict[str, Any]):
    assert problems(GOOD | {"scales": {"often": scale}})


def test_made_in_python_it_is_checked_too():
    relations = {"help": Relation(columns="help")}
    with pytest.raises(DataError, match=r"relations\.help\.columns"):
        Codebook(actors=Actors(id="c"), respondent="w", relations=relations, answers=Answers())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actors: [", "not YAML"),
        ("a: 1\na: 2", "stands twice"),
        ("a: &x [1]\nb: *x", "a repeat"),
        ("- 1", "wanted a table"),
        ("", "the file is empty"),
        ("!!python/object/apply:os.system [ls]", "not YAML"),
    ],
)
def test_files_that_are_no_codebook(tmp_path: Path, text: str, said: str):
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        Codebook.read(tmp_path / "c.yaml")


def test_it_is_frozen():
    with pytest.raises(AttributeError):
        Codebook.from_dict(GOOD).name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("answer", "worth"),
    [("weekly", 2.0), (" WEEKLY", 2.0), ("1.0", 1.0), ("1", 1.0), ("never", None), ("", None)],
)
def test_what_an_answer_is_worth(answer: str, worth: float | None):
    assert Scale(values={"weekly": 2, "1": 1}).worth(answer) == worth


def test_a_range_takes_numbers_within_it():
    scale = Scale(lowest=1, highest=4, missing=("9",))
    assert [scale.worth(text) for text in ("1", "2,5", "4.0", "5", "0", "x")] == [
        1,
        2.5,
        4,
        None,
        None,
        None,
    ]
    missing = scale.worth("9")
    assert missing is not None
    assert missing != missing
    assert scale.suggestion("7") == "1 to 4"
