"""The case chronic care: made the same again, invented and saying so, within published ranges."""

import csv
import importlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, datasets
from orgnet_analytics.loaders import read_survey
from orgnet_analytics.readings import lifecycle

FOLDER = Path(__file__).parents[1] / "data" / "chronic_care"
WRITTEN_IN = {2021: [("OCM", "GZV")], 2023: [("GZM", "TVM")]}
"""Partners on the roster that were written in the free-text column."""


@pytest.fixture(scope="module")
def case() -> datasets.Case:
    return datasets.load_chronic_care()


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    subprocess.run([sys.executable, str(FOLDER / "make.py"), str(folder)], check=True)
    return folder


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book}


@pytest.mark.parametrize("name", ["chronische_zorg.xlsx", "broken.xlsx"])
def test_the_script_makes_the_same_workbook_again(again: Path, name: str):
    assert cells(again / name) == cells(FOLDER / name)


@pytest.mark.parametrize("name", ["facts.csv", "broken.csv"])
def test_the_script_makes_the_same_tables_again(again: Path, name: str):
    assert (again / name).read_bytes() == (FOLDER / name).read_bytes()


def test_it_says_everywhere_that_it_is_invented(case: datasets.Case):
    assert "SYNTHETISCHE" in cells(FOLDER / "chronische_zorg.xlsx")["Leesmij"][0][0]
    assert "SYNTHETISCHE" in cells(FOLDER / "broken.xlsx")["Leesmij"][0][0]
    assert "synthetic" in case.about
    for net in case.waves.values():
        assert "(synthetisch)" in net.name
        assert any("synthetisch" in note or "synthetic" in note for note in net.notes)


def test_joiners_leavers_and_who_answered(case: datasets.Case):
    assert {year: len(net) for year, net in case.waves.items()} == {2021: 25, 2023: 39, 2025: 40}
    answered = {year: int(net.responded.sum()) for year, net in case.waves.items()}
    assert answered == {2021: 21, 2023: 31, 2025: 36}
    members = {year: set(net.actors.index) for year, net in case.waves.items()}
    assert members[2021] - members[2023] == {"DTK"}
    assert members[2023] - members[2025] == {"BNL", "KWA"}
    assert members[2025] - members[2023] == {"TLD", "POS", "BWK"}


@pytest.fixture(scope="module")
def drawn() -> dict[int, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        return importlib.import_module("story").waves()


@pytest.mark.parametrize("relation", ["information", "referral", "care_plan", "trust"])
def test_the_reader_finds_what_the_script_drew(
    case: datasets.Case, drawn: dict[int, Any], relation: str
):
    for year, net in case.waves.items():
        ties = getattr(drawn[year], relation)
        wanted = pd.DataFrame(0.0, index=net.actors.index, columns=net.actors.index)
        for source, target in ties:
            wanted.loc[source, target] = ties[source, target] if isinstance(ties, dict) else 1.0
        if relation == "referral":
            for source, target in WRITTEN_IN.get(year, []):
                wanted.loc[source, target] = 1.0
        found = net.relation(relation).to_matrix()
        known = found.notna()
        assert found[known].equals(wanted[known])
        gaps = (~known).sum(axis=1)
        assert (gaps[~net.responded] == len(net) - 1).all()
        assert gaps[net.responded].sum() < 0.02 * len(net) * (len(net) - 1)


def test_an_organization_called_na_survives(case: datasets.Case):
    net = case.waves[2021]
    assert net.actors.loc["NA", "label"] == "Netwerk Apothekers Merelland"
    assert (net.ties["source"] == "NA").any()


def test_what_was_set_aside_is_counted(case: datasets.Case):
    for net in case.waves.values():
        assert any("Kapsalon" in note or "off the roster" in note for note in net.notes)


def measured(case: datasets.Case) -> pd.DataFrame:
    """Return the figures of CALIBRATION.md, worked out by networkx on the relation information."""
    rows, before = {}, None
    for year, net in case.waves.items():
        net = net.relation("information")
        unknown, pairs = len(net.unknown), len(net) * (len(net) - 1)
        directed = net.to_networkx()
        plain = directed.to_undirected()
        degrees = [degree for _, degree in plain.degree()]
        spread = sum(max(degrees) - degree for degree in degrees)
        answered = directed.subgraph(net.responded[net.responded].index)
        rows[str(year)] = {
            "members": len(net),
            "response rate": net.responded.mean(),
            "density": len(net.known) / (pairs - unknown),
            "reciprocity": nx.overall_reciprocity(answered),
            "transitivity": nx.transitivity(plain),
            "degree centralization": spread / ((len(net) - 1) * (len(net) - 2)),
            **(kept(before, net) if before is not None else {}),
        }
        before = net
    return pd.DataFrame(rows)


def kept(before: OrgNetwork, after: OrgNetwork) -> dict[str, float]:
    common = before.actors.index.intersection(after.actors.index)
    both = before.to_matrix().loc[common, common], after.to_matrix().loc[common, common]
    seen = both[0].notna() & both[1].notna()
    old, new = (frame > 0 for frame in both)
    stayed, either = (old & new & seen).sum().sum(), ((old | new) & seen).sum().sum()
    union = before.actors.index.union(after.actors.index)
    return {"members kept": len(common) / len(union), "ties kept": stayed / either}


def test_the_calibration_table_says_what_came_out(case: datasets.Case):
    text = (FOLDER / "CALIBRATION.md").read_text(encoding="utf-8")
    rows = [[part.strip() for part in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("| ")]  # fmt: skip
    header, found = rows[0], measured(case)
    for row in rows[1:]:
        name = max((name for name in found.index if row[0].startswith(name)), key=len)
        for year in ("2021", "2023", "2025"):
            written = row[header.index(year)]
            if written:
                decimals = len(re.sub(r"^\d*\.?", "", written)) if "." in written else 0
                assert round(found.loc[name, year], decimals) == float(written), (name, year)


def test_the_figures_lie_within_the_published_ranges(case: datasets.Case):
    figures = measured(case)
    ranges = {"response rate": (0.70, 0.901), "density": (0.12, 0.51), "reciprocity": (0.25, 0.65),
              "transitivity": (0.50, 0.70), "degree centralization": (0.45, 0.72)}  # fmt: skip
    for name, (low, high) in ranges.items():
        assert figures.loc[name].between(low, high).all(), name
    assert figures.loc["density"].is_monotonic_increasing
    assert figures.loc["reciprocity"].is_monotonic_increasing


def test_the_story_star_then_office_and_brokers(case: datasets.Case):
    between = {}
    for year, net in case.waves.items():
        graph = net.relation("information").to_networkx()
        between[year] = pd.Series(nx.betweenness_centrality(graph)).sort_values(ascending=False)
    assert between[2021].index[0] == "AZM"
    assert between[2025].index[:2].tolist() == ["NBM", "OCM"]
    assert between[2025]["AZM"] < 0.2 * between[2021]["AZM"]


def test_trust_in_the_facts_is_that_of_the_ratings(case: datasets.Case):
    for year, net in case.waves.items():
        ratings = net.relation("trust").known["weight"]
        assert (ratings.mean() - 1) / 3 == pytest.approx(case.facts.loc[year, "trust"], abs=0.01)


def test_needs_have_a_gap_and_single_holders(case: datasets.Case):
    holders = case.needs.to_matrix().sum()
    assert holders[holders == 0].index.tolist() == ["nachtopvang"]
    assert set(holders[holders == 1].index) == {"hulp in huis", "veiligheid"}


def test_every_planted_mistake_is_reported():
    with pytest.raises(DataError) as caught:
        read_survey(FOLDER / "broken.xlsx", FOLDER / "codebook.yaml")
    issues = caught.value.issues
    reported = {(str(i.where), str(i.row), str(i.value)) for i in issues.itertuples()}
    with (FOLDER / "broken.csv").open(encoding="utf-8") as file:
        planted = list(csv.DictReader(file))
    assert len(planted) == 9
    for mistake in planted:
        key = (mistake["sheet"], mistake["row"], mistake["value"])
        assert key in reported, mistake


@pytest.mark.parametrize("relation", ["information", "referral", "care_plan"])
def test_the_stages_follow_the_story(case: datasets.Case, relation: str):
    reading = lifecycle.classify(case.waves, facts=case.facts, relation=relation)
    stages = reading.membership.idxmax(axis=1).tolist()
    assert stages == ["activation", "collectivity", "institutionalization"]
    assert reading.stage == "institutionalization"
