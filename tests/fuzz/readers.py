"""Feed every reader spoiled files, guided by coverage: only a DataError may come out.

``make fuzz`` runs it; by hand: ``python tests/fuzz/readers.py GROUP SEEDS... -max_total_time=60``. What it
finds is kept as ``crash-*``: make it a case in ``tests/loaders/test_fuzz.py`` and mend the reader.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris
import pandas as pd

with atheris.instrument_imports(include=["orgnet_analytics"]):
    from orgnet_analytics import DataError
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
        reconcile,
    )

FILES = Path(__file__).parents[1] / "loaders" / "files"
ROSTER = {"sheet": "actors.csv", "id": "code", "label": "name"}
ACTORS = "code,name\nAZM,AZ Merelland\nNA,Netwerk Apothekers\nP,Politie\nW,Welzijnshuis vzw\n"
RELATIONS: list[dict[str, Any]] = [
    {"columns": "info_{actor}", "scale": "often"},
    {"columns": "info_{actor}", "ticked": True, "others": "who"},
    {"layout": "roster_long", "partner": "partner", "answer": "info"},
    {"layout": "ties", "partner": "partner"},
    {"layout": "nominations", "columns": "partner {number}"},
    {"layout": "matrix", "columns": "-", "sheet": "t.csv"},
]
VENDORS = ["table", "qualtrics", "limesurvey", "kobo", "forms", "partner"]
SCALES = {"often": {"values": {"0": 0, "1": 1, "2": 2}, "missing": ["9"]}}


def surveyed(path: Path, choice: int) -> None:
    """Read a survey in one of the layouts and formats, as the choice says."""
    relation = RELATIONS[choice % len(RELATIONS)]
    if relation.get("layout") == "matrix":
        relation = relation | {"sheet": path.name}
    book = {
        "actors": ROSTER, "respondent": "who", "relations": {"t": relation},
        "answers": [{}, {"header": 2}, {"header": [1, 2]}][choice % 3], "ignore_rows": ["totaal"],
        "scales": SCALES, "format": VENDORS[choice // 8 % len(VENDORS)], "directed": choice < 200,
        "off_roster": "set_aside", "self_ties": "set_aside",
    }  # fmt: skip
    read_survey(path, book)


TABLES: list[Callable[[Path, int], Any]] = [
    lambda path, _: read_ties(path),
    lambda path, _: read_ties(path, duplicates="sum", directed=False),
    lambda path, _: read_matrix(path, blank=0),
    lambda path, _: read_nominations(path),
    lambda path, _: read_memberships(path),
    lambda path, _: read_memberships(path, event="target"),
    lambda path, _: read_egonets(path),
    lambda path, _: read_name_generator(path, ego="respondent", ties="tie_{first}_{second}"),
    lambda path, _: read_access(path, respondent="respondent", columns="knows: {item}"),
    lambda path, _: read_ties(FILES / "formats" / "ties.csv", source="from", target="to", names=path,
                              actors=["AZM", "NA", "P", "W"]),
    surveyed,
    surveyed,
    surveyed,
]  # fmt: skip
SUFFIXES = {
    "tables": [".csv", ".tsv"],
    "statistical": [".sav", ".zsav", ".por", ".dta", ".parquet"],
    "workbooks": [".xlsx", ".xls", ".ods"],
    "graphs": [".graphml", ".gexf", ".net", ".paj", ".dl", ".##h", ".csv", ".xlsx"],
    "codebooks": [".yaml"],
}


def tables(path: Path, choice: int) -> None:
    TABLES[choice % len(TABLES)](path, choice)


def graphs(path: Path, choice: int) -> None:
    if path.suffix == ".##h":
        path.with_suffix(".##d").write_bytes(path.read_bytes()[: choice * 4])
    read_graph(path, directed=[None, True, False][choice % 3])


def codebooks(path: Path, _: int) -> None:
    book = Codebook.read(path)
    assert Codebook.from_dict(book.to_dict()) == book
    actors = pd.DataFrame({"label": ["AZ Merelland"]}, index=["AZM"])
    reconcile([book.respondent, *book.relations], actors)


GROUPS: dict[str, Callable[[Path, int], None]] = {
    "tables": tables, "statistical": tables, "workbooks": tables, "graphs": graphs,
    "codebooks": codebooks,
}  # fmt: skip


def rezipped(content: bytes, whole: bytes) -> bytes:
    """Return a workbook with one of its parts replaced: the checks of the zip let it in."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        spoiled = names[content[0] % len(names)] if content else names[0]
        for name in names:
            new.writestr(name, content[1:] if name == spoiled else old.read(name))
    return made.getvalue()


def spoiled(group: str, data: bytes) -> tuple[str, int, bytes]:
    """Return the ending, the choice of reader and the content that the bytes stand for."""
    ends = SUFFIXES[group]
    first, choice, content = (data[:1] or b"\0")[0], (data[1:2] or b"\0")[0], data[2:]
    suffix = ends[first % len(ends)]
    if group == "workbooks" and first >= 128 and suffix in (".xlsx", ".ods"):
        content = rezipped(content, (FILES / "formats" / f"survey{suffix}").read_bytes())
    return suffix, choice, content


def main() -> None:
    group = sys.argv.pop(1)
    folder = Path(tempfile.mkdtemp())
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    warnings.simplefilter("ignore")

    def one(data: bytes) -> None:
        suffix, choice, content = spoiled(group, data)
        path = folder / f"t{suffix}"
        path.write_bytes(content)
        with contextlib.suppress(DataError):
            GROUPS[group](path, choice)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def seeds(group: str, folder: Path) -> None:
    """Write the small files of the tests as seeds: each behind the two bytes that choose its reader."""
    for file in sorted(FILES.rglob("*")):
        if file.suffix not in SUFFIXES[group] or not file.is_file():
            continue
        ending = SUFFIXES[group].index(file.suffix)
        for choice in range(len(TABLES) if group != "graphs" else 3):
            (folder / f"{file.stem}{choice}{file.suffix}").write_bytes(
                bytes([ending, choice]) + file.read_bytes()
            )
    if group == "codebooks":
        for file in Path(__file__).parents[2].glob("data/*/codebook.yaml"):
            (folder / f"{file.parent.name}.yaml").write_bytes(b"\0\0" + file.read_bytes())


if __name__ == "__main__":
    if sys.argv[1] == "--seeds":
        target = Path(sys.argv[3])
        target.mkdir(parents=True, exist_ok=True)
        seeds(sys.argv[2], target)
    else:
        main()
