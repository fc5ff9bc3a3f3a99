"""Whatever stands in a file: a network or a DataError, nothing else."""

import contextlib
import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, DataWarning
from orgnet_analytics.loaders import (
    Codebook,
    read_access,
    read_egonets,
    read_graph,
    read_matrix,
    read_memberships,
    read_name_generator,
    read_nominations,
    read_survey,
    read_ties,
)

CODEBOOK: dict[str, Any] = {
    "actors": {"id": "source"},
    "answers": {},
    "respondent": "source",
    "relations": {"t": {"columns": "t_{actor}"}},
}
READERS: dict[str, Callable[[Path], Any]] = {
    "ties": read_ties,
    "matrix": read_matrix,
    "nominations": read_nominations,
    "memberships": read_memberships,
    "survey": lambda path: read_survey(path, CODEBOOK),
    "egonets": read_egonets,
    "names": lambda path: read_name_generator(path, ego="ego"),
    "access": lambda path: read_access(path, respondent="source"),
}
WORDS = [
    *["source", "target", "weight", "relation", "ego", "alter", "name_1", "t_a", "a", "b"],
    "1",
    "-1",
    "x;y",
    "NA",
    "=1",
]
CELL = st.one_of(st.sampled_from([*WORDS, "", " ", '"', "\u200b"]), st.text(max_size=5))
GRID = st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=6)
BYTES = st.one_of(st.binary(max_size=120), st.text(max_size=120).map(lambda t: t.encode("utf-16")))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def tried(read: Callable[[Path], Any], path: Path) -> None:
    with warnings.catch_warnings(), contextlib.suppress(DataError):
        warnings.simplefilter("ignore", DataWarning)
        read(path)


@pytest.mark.parametrize("reader", READERS)
@RELAXED
@given(rows=GRID, between=st.sampled_from([",", ";", "\t"]))
def test_any_text_table(tmp_path: Path, reader: str, rows: list[list[str]], between: str):
    path = tmp_path / "t.csv"
    path.write_bytes("\n".join(between.join(row) for row in rows).encode("utf-8", "replace"))
    tried(READERS[reader], path)
    assert path.exists()


@pytest.mark.parametrize(
    "suffix", [".csv", ".xlsx", ".xls", ".ods", ".sav", ".zsav", ".por", ".dta", ".tsv"]
)
@RELAXED
@given(content=BYTES)
def test_any_bytes(tmp_path: Path, suffix: str, content: bytes):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(content)
    tried(read_ties, path)
    assert path.exists()


YAML = [
    "actors",
    ":",
    "{",
    "}",
    "[",
    "id",
    "\n",
    " ",
    "&a",
    "*a",
    "!!int",
    "1",
    "relations",
    "-",
    "null",
]
KEYS = ["id", "sheet", "columns", "layout", "scale", "values", "lowest", "missing", "a"]
PARTS = [
    "actors",
    "answers",
    "waves",
    "relations",
    "scales",
    "respondent",
    "ignore",
    "format",
    "events",
]


@RELAXED
@given(text=st.text(max_size=60) | st.lists(st.sampled_from(YAML), max_size=20).map("".join))
def test_any_codebook(tmp_path: Path, text: str):
    path = tmp_path / "c.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    with contextlib.suppress(DataError):
        assert isinstance(Codebook.read(path), Codebook)


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 9), st.floats(), st.text(max_size=4),
    st.sampled_from(["{actor}", "roster", "ties"]),
)  # fmt: skip
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)


@RELAXED
@given(given=st.dictionaries(st.sampled_from(PARTS), NESTED))
def test_any_dict_as_codebook(given: dict[str, Any]):
    with contextlib.suppress(DataError):
        assert isinstance(Codebook.from_dict(CODEBOOK | given), Codebook)


def book(path: Path) -> None:
    made = openpyxl.Workbook()
    for row in [["source", "target"], ["a", "b"], ["b", 3]]:
        made.active.append(row)
    made.save(path)


def statistics(path: Path) -> None:
    frame = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "weight": [1.0, 2.0]})
    write = pyreadstat.write_dta if path.suffix == ".dta" else pyreadstat.write_sav
    write(frame, str(path))


@pytest.mark.parametrize(
    ("suffix", "make"), [(".xlsx", book), (".sav", statistics), (".dta", statistics)]
)
def test_damaged_files(tmp_path: Path, suffix: str, make: Callable[[Path], None]):
    whole = tmp_path / f"whole{suffix}"
    make(whole)
    raw, chance = whole.read_bytes(), random.Random(7)
    path = tmp_path / f"t{suffix}"
    for _ in range(60):
        spoiled = bytearray(raw)
        for _ in range(chance.randint(1, 4)):
            spoiled[chance.randrange(len(raw))] = chance.randrange(256)
        path.write_bytes(bytes(spoiled[: chance.choice([len(raw), chance.randrange(1, len(raw))])]))
        tried(read_ties, path)
    assert len(read_ties(whole).known) == 2


def test_damaged_parts_of_a_workbook(tmp_path: Path):
    whole = tmp_path / "whole.xlsx"
    book(whole)
    chance, path = random.Random(11), tmp_path / "t.xlsx"
    with zipfile.ZipFile(whole) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for _ in range(80):
        name = chance.choice(list(parts))
        spoiled = bytearray(parts[name])
        at = chance.randrange(len(spoiled))
        spoiled[at : at + chance.randint(0, 6)] = bytes(chance.choices(b'<>&"/=19AZr ', k=3))
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, bytes(spoiled) if part == name else content)
        tried(read_ties, path)
    assert len(read_ties(whole).known) == 2


def test_forged_sizes_are_found(tmp_path: Path):
    path = tmp_path / "t.xlsx"
    book(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/zeros.xml", b"\0" * 5_000_000)
    raw = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    path.write_bytes(raw)
    with pytest.raises(DataError, match="not a workbook"):
        read_ties(path)


def test_a_roster_of_thousands_is_told_not_built(tmp_path: Path):
    ids = [f"o{number}" for number in range(3000)]
    (tmp_path / "a.csv").write_text("source\n" + "\n".join(ids), encoding="utf-8")
    (tmp_path / "s.csv").write_text(
        "source,t_o1\n" + "\n".join(f"{i},0" for i in ids if i != "o1"), encoding="utf-8"
    )
    codebook = CODEBOOK | {"actors": {"sheet": "a.csv", "id": "source"}}
    with pytest.raises(DataError, match="too many unknown dyads"):
        read_survey(tmp_path / "s.csv", codebook)


SURVEY = "source,t_a,t_b,whom,n1,other\na,,1,b,b,b; x\nb,0,,a,a;c,\nc,2,1,,,a\n"
LAYOUTS: list[dict[str, Any]] = [
    {"columns": "t_{actor}", "others": "other"},
    {"columns": "t_{actor}", "scale": "s", "blank": 0},
    {"layout": "ties", "partner": "whom"},
    {"layout": "roster_long", "partner": "whom", "answer": "t_a"},
    {"layout": "nominations", "columns": "n{number}"},
    {"columns": "t_{actor}", "ticked": True},
]
FORMATS = ["table", "qualtrics", "limesurvey", "kobo", "forms", "partner"]
SCALES = {"s": {"values": {"0": 0, "1": 1}, "missing": ["2"]}}


@RELAXED
@given(
    cells=st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 5)), CELL, max_size=5),
    relation=st.sampled_from(LAYOUTS),
    vendor=st.sampled_from(FORMATS),
    directed=st.booleans(),
    answers=st.sampled_from([{}, {"header": 1}, {"header": 2}, {"header": [1, 3]}]),
)
def test_spoiled_surveys(
    tmp_path: Path,
    cells: dict[tuple[int, int], str],
    relation: dict[str, Any],
    vendor: str,
    directed: bool,
    answers: dict[str, Any],
):
    rows = [line.split(",") for line in SURVEY.splitlines()]
    for (row, column), text in cells.items():
        rows[row][column] = text
    path = tmp_path / "s.csv"
    pd.DataFrame(rows).to_csv(path, index=False, header=False)
    codebook = CODEBOOK | {
        "relations": {"t": relation},
        "scales": SCALES,
        "format": vendor,
        "directed": directed,
        "answers": answers,
        "ignore_rows": ["b"],
    }
    tried(lambda file: read_survey(file, codebook), path)
    assert path.exists()


PAJEK = '*Network n\n*Vertices 3 1\n1 "a b"\n2 c\n3 d\n*Arcs :1 "k"\n1 2 0.5\n*Edges\n2 3\n*Matrix\n1 0\n'
DL = 'dl n=2 nm=1 format=fullmatrix\nlabels embedded:\nlabels: "a b" c\ndata:\na b\na 0 1\nb 1 0\n'
GRAPHML = (
    '<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/>'
    '<graph edgedefault="directed"><node id="a"/><node id="b"/>'
    '<edge source="a" target="b"><data key="w">1.5</data></edge></graph></graphml>'
)
GEXF = (
    '<gexf version="1.2"><graph defaultedgetype="directed" mode="static"><nodes><node id="a" label="a"/>'
    '<node id="b"/></nodes><edges><edge id="0" source="a" target="b" weight="2"/></edges></graph></gexf>'
)


@pytest.mark.parametrize(
    ("name", "text"), [("n.net", PAJEK), ("n.dl", DL), ("n.graphml", GRAPHML), ("n.gexf", GEXF)]
)
@RELAXED
@given(data=st.data())
def test_spoiled_graph_files(tmp_path: Path, name: str, text: str, data: st.DataObject):
    spoiled = list(text)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        length = data.draw(st.integers(0, 8))
        spoiled[at : at + length] = data.draw(st.text('0123456789-.*:"=<>/ab \n', max_size=4))
        if not spoiled:
            break
    path = tmp_path / name
    path.write_text("".join(spoiled), encoding="utf-8")
    tried(read_graph, path)
    assert path.exists()


DAMAGED = Path(__file__).parent / "files" / "damaged"


@pytest.mark.parametrize("name", ["variable.zsav", "blocks.zsav", "far_cells.xls"])
def test_files_that_would_take_the_process_down(name: str):
    with pytest.raises(DataError, match=r"damaged statistics file|not a workbook"):
        read_ties(DAMAGED / name)


def test_a_matrix_of_names_alone(tmp_path: Path):
    (tmp_path / "m.csv").write_text(",a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="has no row of its own"):
        read_matrix(tmp_path / "m.csv")
