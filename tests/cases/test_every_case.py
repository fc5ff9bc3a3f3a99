"""What holds of every invented case: made the same again, saying so, and read back as it was drawn."""

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, datasets
from orgnet_analytics.loaders import read_survey

DATA = Path(__file__).parents[2] / "data"
PROBLEMS = {"task_division", "task_allocation", "rewards", "information"}


@dataclass(frozen=True)
class Told:
    """What a test has to know of a case; ``also`` are partners written in the free-text column."""

    name: str
    book: str
    base: str
    relations: tuple[str, ...]
    others: str
    also: dict[int, list[tuple[str, str]]]
    mistakes: int
    companion: str

    @property
    def folder(self) -> Path:
        return DATA / self.name


CASES = [
    Told("chronic_care", "chronische_zorg.xlsx", "information",
         ("information", "referral", "care_plan", "trust"), "referral",
         {2021: [("OCM", "GZV")], 2023: [("GZM", "TVM")]}, 9, "tobacco_indiana"),
    Told("prisoner_reintegration", "re_integratie.xlsx", "coordination",
         ("coordination", "referral", "plan", "trust"), "referral",
         {2021: [("JWV", "WGK")]}, 9, "tobacco_indiana"),
    Told("ev_adoption", "elektrisch_rijden.xlsx", "information",
         ("information", "supply", "trust"), "supply",
         {2015: [("GMS", "PRV")], 2018: [("ENM", "VOL")]}, 9, "h2020_transport"),
]  # fmt: skip


@pytest.fixture(scope="module", params=CASES, ids=lambda told: told.name)
def told(request: pytest.FixtureRequest) -> Told:
    return request.param


@pytest.fixture(scope="module")
def case(told: Told) -> datasets.Case:
    return getattr(datasets, f"load_{told.name}")()


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book}


def test_the_script_makes_the_same_files_again(told: Told, tmp_path: Path):
    subprocess.run([sys.executable, str(told.folder / "make.py"), str(tmp_path)], check=True)
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {told.book, "facts.csv", "outcomes.csv", "broken.xlsx", "broken.csv"}
    for name in made:
        again, kept = tmp_path / name, told.folder / name
        if name.endswith(".xlsx"):
            assert cells(again) == cells(kept), name
        else:
            assert again.read_bytes() == kept.read_bytes(), name


def test_it_says_everywhere_that_it_is_invented(told: Told, case: datasets.Case):
    for book in (told.book, "broken.xlsx"):
        assert "SYNTHETISCHE" in str(cells(told.folder / book)["Leesmij"][0][0])
    assert "synthetic" in case.about
    assert f"fetch_{told.companion}" in case.about
    assert "(synthetisch)" in case.needs.name
    for net in case.waves.values():
        assert "(synthetisch)" in net.name
        assert any("synthetic" in note for note in net.notes)


def test_the_reader_finds_every_tie_the_script_drew(
    told: Told, case: datasets.Case, drawn: Callable[[str], dict[int, Any]]
):
    story = drawn(told.name)
    assert list(story) == list(case.waves)
    for year, net in case.waves.items():
        assert net.relations == told.relations
        for relation in told.relations:
            also = told.also.get(year, []) if relation == told.others else []
            wanted = matrix(net, story[year].ties[relation] | dict.fromkeys(also, 1))
            found = net.relation(relation).to_matrix()
            known = found.notna()
            assert found[known].equals(wanted[known]), (year, relation)
            gaps = (~known).sum(axis=1)
            assert (gaps[~net.responded] == len(net) - 1).all()
            assert gaps[net.responded].sum() < 0.02 * len(net) * (len(net) - 1)


def matrix(net: OrgNetwork, ties: dict[tuple[str, str], int]) -> pd.DataFrame:
    cells = pd.DataFrame(0.0, index=net.actors.index, columns=net.actors.index)
    for (source, target), worth in ties.items():
        cells.loc[source, target] = worth
    return cells


def test_names_off_the_roster_are_set_aside_and_counted(case: datasets.Case):
    for net in case.waves.values():
        assert any("off the roster" in note for note in net.notes)


def test_every_planted_mistake_is_reported(told: Told):
    with pytest.raises(DataError) as caught:
        read_survey(told.folder / "broken.xlsx", told.folder / "codebook.yaml")
    issues = caught.value.issues
    reported = {(str(i.where), str(i.row), str(i.value)) for i in issues.itertuples()}
    with (told.folder / "broken.csv").open(encoding="utf-8") as file:
        planted = list(csv.DictReader(file))
    assert len(planted) == told.mistakes
    for mistake in planted:
        key = (mistake["sheet"], mistake["row"], mistake["value"])
        assert key in reported, mistake


def test_the_calibration_table_says_what_came_out(
    told: Told, case: datasets.Case, measured: Callable[..., pd.DataFrame]
):
    found = measured({year: net.relation(told.base) for year, net in case.waves.items()})
    text = (told.folder / "CALIBRATION.md").read_text(encoding="utf-8").partition("\n1. ")[0]
    rows = [[part.strip() for part in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("| ")]  # fmt: skip
    header = rows[0]
    for row in rows[1:]:
        name = max((name for name in found.index if row[0].startswith(name)), key=len)
        for year in found.columns:
            written = row[header.index(year)]
            if written:
                decimals = len(re.sub(r"^\d*\.?", "", written)) if "." in written else 0
                assert round(found.loc[name, year], decimals) == float(written), (name, year)
    assert len(rows) == len(found) + 1


def test_trust_in_the_facts_is_that_of_the_ratings(case: datasets.Case):
    for year, net in case.waves.items():
        ratings = net.relation("trust").known["weight"]
        assert (ratings.mean() - 1) / 3 == pytest.approx(case.facts.loc[year, "trust"], abs=0.01)


def test_the_register_names_members_and_problems_there_are(case: datasets.Case):
    members = set(case.waves[max(case.waves)].actors.index)
    register = case.agreements.set_index("id")
    assert register.index.is_unique
    assert set().union(*register["problem"].map(parts)) == PROBLEMS
    for column in ("parties", "signed_by", "obliged", "benefits"):
        named = set().union(*register[column].dropna().map(parts)) - {"all", "none"}
        assert named <= members, column
    several = register["parties"].map(parts)
    assert ((several.map(len) >= 2) | (several == {"all"})).all()
    assert set(register["renewal"].dropna()) <= {"automatic", "by_decision", "none"}
    assert set(register["form"].dropna()) == {"written", "oral"}
    ends = register["end"].dropna()
    dates = pd.to_datetime(ends[ends != "open"], format="%Y-%m-%d")
    starts = pd.to_datetime(register["start"], format="%Y-%m-%d")
    assert (dates > starts[dates.index]).all()


def parts(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";")}


def test_the_outcomes_stand_at_three_levels_and_some_disagree(case: datasets.Case):
    outcomes = case.outcomes
    assert set(outcomes["level"]) == {"community", "network", "organization"}
    assert set(outcomes["direction"]) == {"higher", "lower"}
    assert outcomes["score"].isna().sum() == 1
    assert set(outcomes["wave"]) <= set(case.waves)
    scaled = outcomes.dropna(subset=["scale", "score"])
    ends = scaled["scale"].str.split("-", expand=True).astype(float)
    assert scaled["score"].between(ends[0], ends[1]).all()
    rest = outcomes[outcomes["scale"].isna()]
    assert rest[["baseline", "target"]].notna().all(axis=None)
    now = outcomes[(outcomes["wave"] == max(case.waves)) & (outcomes["scale"] == "1-5")]
    means = now.groupby(["level", "criterion", "stakeholder"])["score"].mean()
    spread = means.groupby(["level", "criterion"]).agg(lambda m: m.max() - m.min())
    assert spread.max() > 1.2


@pytest.mark.parametrize("name", ["chronic_care", "prisoner_reintegration"])
def test_profiles_enter_at_a_member_and_need_what_the_sheet_knows(name: str):
    case = getattr(datasets, f"load_{name}")()
    profiles = case.pathways
    assert profiles["profile"].is_unique
    assert set(profiles["entry"]) <= set(case.needs.actors.index)
    assert set().union(*profiles["needs"].map(parts)) <= set(case.needs.events.index)
    assert set(profiles["in_order"]) <= {"yes", "no"}
