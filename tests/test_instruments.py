"""Instruments: forms that their programs accept, and answers that come back as the same network."""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pyxform.xls2xform import convert

from orgnet_analytics import (
    DataError,
    OrgNetwork,
    UndefinedError,
    agreements,
    governance,
    instruments,
    relations,
    suitability,
    trust,
)
from orgnet_analytics.instruments import ITEMS, SCALES, Item
from orgnet_analytics.loaders import Codebook, read_survey

EVIL = [
    "<img src=x onerror=alert(1)>",
    "=1+1",
    'Cost ${respondent} & "co"',
    "-Huis, 't; [x] {actor}",
    "@Café Zorg",
]
PARTNER = [key for key, item in ITEMS.items() if item.about == "partner"]
GENERAL = [key for key, item in ITEMS.items() if item.about == "network"]


@pytest.fixture
def roster() -> pd.DataFrame:
    return pd.DataFrame(
        {"label": EVIL, "sector": ["care", "care", "housing", "police", "care"]},
        index=["a b", "NA", "00123", "d", "é"],
    )


def simulated(form: instruments.Questionnaire, seed: int) -> OrgNetwork:
    """Return a network as it might answer: somebody silent, some answers open or "don't know"."""
    rng = np.random.default_rng(seed)
    actors = form.actors.drop(columns="code").assign(responded=[True, True, True, False, True])
    rows = [
        (a, b, key, rng.choice([c.worth for c in form.scales[item.scale]]))
        for key, item in form.relations.items()
        for a in actors.index[actors["responded"]]
        for b in actors.index
        if a != b
    ]
    ties = pd.DataFrame(rows, columns=["source", "target", "relation", "weight"])
    ties["weight"] = ties["weight"].astype(float)
    return OrgNetwork(actors, ties, name=form.name)


def answers(
    form: instruments.Questionnaire, net: OrgNetwork, rng
) -> list[tuple[str, str, str, str]]:
    """Return who says what of whom, as the code of a choice; unknown is left open or "don't know"."""
    found = []
    for key, item in form.relations.items():
        cells = net.relation(key).to_matrix()
        codes = {choice.worth: choice for choice in form.scales[item.scale]}
        for a in net.actors.index[net.responded]:
            for b in net.actors.index:
                if a != b:
                    worth = cells.loc[a, b]
                    open_cell = np.isnan(worth) and rng.random() < 0.5
                    choice = codes[None if np.isnan(worth) else worth]
                    found.append((a, b, key, "" if open_cell else choice))
    return found


def assert_same(back: OrgNetwork, net: OrgNetwork) -> None:
    assert back.name == net.name
    assert back.relations == net.relations
    pd.testing.assert_frame_equal(back.actors, net.actors, check_dtype=False)
    for kind in net.relations:
        pd.testing.assert_frame_equal(
            back.relation(kind).to_matrix(), net.relation(kind).to_matrix()
        )


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_a_form_server_exports_comes_back_as_the_same_network(roster, lang, tmp_path: Path):
    form = instruments.questionnaire(roster, PARTNER, lang=lang, general=GENERAL, name="District")
    net = simulated(form, 1)
    form.save(tmp_path)
    code = form.actors["code"]
    rows = {a: {"respondent": code[a]} for a in net.actors.index[net.responded]}
    for a, b, key, choice in answers(form, net, np.random.default_rng(2)):
        rows[a][f"group_{key}/{key}_{code[b]}"] = choice and choice.code
    table = pd.DataFrame(rows.values()).assign(**{"group_network/goal_same": "5", "_id": 7})
    export = tmp_path / "web" / "export.csv"
    table.to_csv(export, index=False)
    assert_same(read_survey(export), net)


def test_an_export_with_words_for_codes_comes_back_too(roster, tmp_path: Path):
    form = instruments.questionnaire(roster, ["collaboration", "trust_open"], lang="nl", name="D")
    net = simulated(form, 3)
    form.save(tmp_path)
    rows = {a: {"respondent": form.actors["label"][a]} for a in net.actors.index[net.responded]}
    for a, b, key, choice in answers(form, net, np.random.default_rng(2)):
        rows[a][f"{key}_{form.actors['code'][b]}"] = choice and choice.says["nl"]
    pd.DataFrame(rows.values()).to_csv(tmp_path / "web" / "export.csv", index=False)
    assert_same(read_survey(tmp_path / "web" / "export.csv"), net)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_filled_in_workbook_comes_back_as_the_same_network(roster, lang, tmp_path: Path):
    form = instruments.questionnaire(roster, PARTNER, lang=lang, general=GENERAL, name="District")
    net = simulated(form, 4)
    path = form.save(tmp_path)["excel"]
    book = openpyxl.load_workbook(path)
    sheet, actors = book[form.word("Answers")], book[form.word("Organizations")]
    label = form.actors["label"]
    row = {(line[0].value, line[1].value): line[0].row for line in sheet.iter_rows(min_row=2)}
    column = {cell.value: cell.column for cell in sheet[1]}
    for a, b, key, choice in answers(form, net, np.random.default_rng(5)):
        where = row[label[a], label[b]], column[ITEMS[key].title[lang]]
        sheet.cell(*where, choice.says[lang] if choice else None)
    for line in actors.iter_rows(min_row=2):
        if net.responded[str(line[0].value)]:
            line[-1].value = form.word("yes")
    for cell in (cell for line in (*sheet.rows, *actors.rows) for cell in line):
        if isinstance(cell.value, str):
            cell.data_type = "s"
    book.save(path)
    assert_same(read_survey(path), net)


def test_an_empty_workbook_says_that_nobody_answered(roster, tmp_path: Path):
    form = instruments.questionnaire(roster, ["referral"])
    net = read_survey(form.save(tmp_path)["excel"])
    assert not net.responded.any()
    assert len(net.unknown) == 20


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_pyxform_accepts_the_form(roster, lang, tmp_path: Path):
    form = instruments.questionnaire(roster, PARTNER, lang=lang, general=GENERAL, name="<District>")
    result = convert(form.save(tmp_path)["web"], validate=False)
    assert result.warnings == []
    binds = re.findall(
        r'nodeset="/data/group_collaboration/(\w+)"[^>]*relevant="([^"]+)"', result.xform
    )
    assert len(binds) == len(roster)
    for name, relevant in binds:
        assert relevant.replace("&#39;", "'").endswith(
            f"!= '{name.removeprefix('collaboration_')}'"
        )
    assert ITEMS["goals"].asks[lang] in result.xform
    assert "onerror=alert(1)&gt;" in result.xform
    assert "<img" not in result.xform


def test_the_workbook_offers_the_answers_and_runs_nothing(roster, tmp_path: Path):
    form = instruments.questionnaire(roster, ["collaboration"], general=["coordinator"])
    book = openpyxl.load_workbook(form.save(tmp_path)["excel"])
    assert book.sheetnames == ["Read me", "Answers", "General", "Organizations", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    offered = []
    for rule in rules:
        _, cells = rule.formula1.split("!")
        offered.append([line[0].value for line in book["Lists"][cells.replace("$", "")]])
    assert offered == [
        [choice.says["en"] for choice in SCALES["collaboration"]], EVIL, ["yes", "no"]]  # fmt: skip
    assert rules[0].prompt == ITEMS["collaboration"].asks["en"]
    kinds = {cell.data_type for sheet in book for line in sheet.rows for cell in line}
    assert "f" not in kinds
    assert book["Answers"].max_row == 21


def test_the_roster_beside_the_web_form_runs_nothing(roster, tmp_path: Path):
    instruments.questionnaire(roster, ["referral"]).save(tmp_path)
    with (tmp_path / "web" / "organizations.csv").open(encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert " =1+1" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_asks_everything_and_escapes(roster, lang, tmp_path: Path):
    form = instruments.questionnaire(roster, PARTNER, lang=lang, general=GENERAL)
    text = form.save(tmp_path)["paper"].read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    assert f'<html lang="{lang}">' in text
    assert tags.seen.count("table") == len(PARTNER)
    assert "img" not in tags.seen
    assert "script" not in tags.seen
    said = " ".join(tags.text)
    for item in ITEMS.values():
        assert item.asks[lang] in said
    boxes = sum(len(SCALES[ITEMS[key].scale]) for key in PARTNER) * 5
    boxes += sum(len(SCALES[ITEMS[key].scale]) for key in GENERAL if key != "coordinator")
    assert said.count("☐") == boxes


def test_the_codebooks_are_codebooks(roster, tmp_path: Path):
    form = instruments.questionnaire(roster, PARTNER, general=GENERAL)
    paths = form.save(tmp_path)
    for name in ("web", "excel"):
        book = Codebook.read(paths[name].parent / "codebook.yaml")
        assert list(book.relations) == PARTNER
        assert book.scale("collaboration").worth("coördinatie") == 3
        assert book.scale("collaboration").worth("coordination") == 3
        assert np.isnan(book.scale("referral").worth("weet niet"))


def test_every_item_speaks_both_languages_and_has_its_scale():
    for key, item in ITEMS.items():
        assert set(item.asks) == set(item.title) == {"nl", "en"}, key
        assert item.scale in SCALES or item.scale == "actor", key
    levels = [choice.says["en"] for choice in SCALES["collaboration"]][:6]
    assert levels == ["no interaction", "networking", "cooperation", "coordination", "coalition",
                      "collaboration"]  # fmt: skip
    topics = {item.topic for item in ITEMS.values()}
    assert topics == {"relations", "trust", "value", "goal consensus", "governance", "agreements",
                      "complexity", "suitability"}  # fmt: skip


def test_questions_and_scales_of_your_own(tmp_path: Path):
    lent = Item({"nl": "Lenen", "en": "Lending"}, {"nl": "Leent u uit?", "en": "Do you lend?"},
                "amount", "partner", "own")  # fmt: skip
    form = instruments.questionnaire(
        ["x", "y", "z"], {"lending": lent, "advice": "Do you ask advice of this organization?"},
        {"amount": {"1": 0, "0": 2.5, "no idea": None}},
    )  # fmt: skip
    form.save(tmp_path)
    header = ["respondent", *[f"{key}_o{i}" for key in ("lending", "advice") for i in (1, 2, 3)]]
    rows = [["o1", "", "0", "c0", "", "yes", "0"], ["y", "c1", "", "c2", "", "", ""]]
    pd.DataFrame(rows, columns=header).to_csv(tmp_path / "web" / "answers.csv", index=False)
    net = read_survey(tmp_path / "web" / "answers.csv")
    lending = net.relation("lending").to_matrix().fillna(-1)
    assert lending.to_numpy().tolist() == [[0, 2.5, 0], [2.5, 0, -1], [-1, -1, 0]]
    assert net.relation("advice").to_matrix().loc["x"].tolist() == [0, 1, 0]


def test_ids_that_look_like_the_codes_get_other_codes():
    form = instruments.questionnaire(["o2", "o1"], ["referral"])
    assert form.actors["code"].to_dict() == {"o2": "oo1", "o1": "oo2"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"relations": ["colaboration"]}, "did you mean 'collaboration'"),
        ({"relations": ["goal_same"]}, "no question 'goal_same' about the partner"),
        ({"general": ["referral"]}, "no question 'referral' about the network"),
        ({"lang": "de"}, "'nl', 'en'"),
        ({"relations": {"x": Item(dict.fromkeys(("nl", "en"), "t"), dict.fromkeys(("nl", "en"), "q"),
                                  "yesno", "partner", "own")}}, "did you mean 'yes_no'"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_named(wrong, said):
    with pytest.raises(UndefinedError, match=said):
        instruments.questionnaire(["a", "b"], **wrong)


@pytest.mark.parametrize(
    ("actors", "relations", "said"),
    [
        (["a"], ["referral"], "two organizations or more"),
        (["a", "a"], ["referral"], "stands more than once"),
        (pd.DataFrame({"label": ["X", "x"]}, index=["a", "b"]), ["referral"], "has this name or id"),
        (pd.DataFrame({"label": ["B", "y"]}, index=["a", "b"]), ["referral"], "has this name or id"),
        (["a", "b"], {"Two words": "?"}, "a key is small letters"),
        (["a", "b"], {"x": Item({"en": "t"}, {"en": "q"}, "yes_no", "partner", "own")}, "in nl and en"),
    ],
)  # fmt: skip
def test_a_bad_roster_is_refused(actors, relations, said):
    with pytest.raises(DataError, match=said):
        instruments.questionnaire(actors, relations)


def test_it_says_what_it_asks(roster):
    form = instruments.questionnaire(roster, ["referral"], name="<b>", general=["goal_same"])
    assert repr(form) == (
        "<Questionnaire '<b>': 5 organizations, 1 questions per partner, 1 about the network (en)>"
    )
    assert "<b>&lt;b&gt;</b>" in form._repr_html_()
    net = OrgNetwork(roster.assign(responded=True), pd.DataFrame({"source": [], "target": []}))
    assert instruments.questionnaire(net).actors.equals(instruments.questionnaire(roster).actors)


def told(form: instruments.Questionnaire, seed: int) -> pd.DataFrame:
    """Return what everybody says of the network: a choice per question, None where left open."""
    rng = np.random.default_rng(seed)
    choices = {
        key: list(form.actors.index) if item.scale == "actor" else list(form.scales[item.scale])
        for key, item in form.general.items()
    }
    rows = [
        {
            key: None if rng.random() < 0.2 else some[rng.integers(len(some))]
            for key, some in choices.items()
        }
        for _ in form.actors.index
    ]
    return pd.DataFrame(rows, index=form.actors.index, dtype=object)


def meant(form: instruments.Questionnaire, said: pd.DataFrame) -> pd.DataFrame:
    """Return what those choices are worth, by hand."""

    def worth(choice):
        if isinstance(choice, instruments.Choice):
            return choice.code if choice.code.isalpha() else choice.worth
        return choice

    return said.map(worth).map(lambda cell: np.nan if cell is None else cell)


def same_answers(back: pd.DataFrame, wanted: pd.DataFrame) -> bool:
    both = back.reindex(wanted.index), wanted
    texts = [table.astype(object).where(table.notna(), "") for table in both]
    return bool((texts[0] == texts[1]).all(axis=None)) and list(back) == list(wanted)


@pytest.mark.parametrize("seed", [1, 2])
def test_general_answers_come_back_from_a_form_server(roster, seed, tmp_path: Path):
    form = instruments.questionnaire(roster, ["referral"], general=GENERAL)
    said, code = told(form, seed), form.actors["code"]
    rows = [
        {"respondent": code[who]}
        | {
            f"group_network/{key}": code.get(cell, "")
            if isinstance(cell, str)
            else cell and cell.code
            for key, cell in row.items()
        }
        for who, row in said.iterrows()
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "export.csv", index=False)
    back = form.read_general(tmp_path / "export.csv")
    assert same_answers(back, meant(form, said))
    assert back["goals"].dtype == float


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_general_answers_come_back_from_the_workbook(roster, lang, tmp_path: Path):
    form = instruments.questionnaire(roster, ["referral"], lang=lang, general=GENERAL)
    said, label = told(form, 3), form.actors["label"]
    said.loc["d"] = None  # did not answer
    path = form.save(tmp_path)["excel"]
    book = openpyxl.load_workbook(path)
    sheet = book[form.word("General")]
    row = {line[0].value: line[0].row for line in sheet.iter_rows(min_row=2)}
    column = {cell.value: cell.column for cell in sheet[1]}
    for who, answers_ in said.iterrows():
        for key, cell in answers_.items():
            if cell is not None:
                text = label[cell] if isinstance(cell, str) else cell.says[lang]
                sheet.cell(row[label[who]], column[ITEMS[key].title[lang]], text)
    for cell in (cell for one in book for line in one.rows for cell in line):
        if isinstance(cell.value, str):
            cell.data_type = "s"
    book.save(path)
    back = form.read_general(path)
    assert "d" not in back.index
    assert same_answers(back, meant(form, said).drop(index="d"))


def general(form: instruments.Questionnaire, folder: Path, **answered: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(
        {"respondent": form.actors["code"].iloc[: len(next(iter(answered.values())))]}
    )
    path = folder / "export.csv"
    table.assign(**answered).to_csv(path, index=False)
    return form.read_general(path)


def test_what_comes_back_goes_into_the_readings_as_it_is(tmp_path: Path):
    """Every answer under the name its reading looks for; each reading names nothing it does not know."""
    form = instruments.questionnaire(["gp", "homes", "police"], ["collaboration"], general=GENERAL)
    every = {key: ["4", "4", "4"] for key in GENERAL}
    every |= {key: ["0", "0", "0"] for key in ("alone", "contract")} | {
        "aim": ["effectiveness"] * 3
    }
    every |= {key: ["2", "1", "0"] for key in GENERAL if key.startswith("agreed_")}
    every |= {"governed_by": ["nao", "nao", "99"], "coordinator": ["o3", "o3", "o1"]}
    said = general(form, tmp_path, **every)
    screened = suitability.screen(said)
    assert screened.verdict == "organization network"
    assert not screened.missing
    assert (screened.questions["answered"] == 3).all()
    facts = governance.facts(said)
    assert (facts.form, facts.coordinator, facts.nao) == ("nao", "police", "police")
    assert facts.goal_consensus == 0.75
    assert facts.told.loc[("governed_by", "nao")].tolist() == [2, 1]
    net = OrgNetwork.from_matrix(np.ones((3, 3)) - np.eye(3), ["gp", "homes", "police"])
    fitted = governance.fit(net, goal_consensus=facts.goal_consensus)
    assert fitted.conditions.loc["goal_consensus", "value"] == 0.75
    register = agreements.from_answers(said)
    assert register["problem"].tolist() == list(agreements.PROBLEMS)
    read = agreements.read(register, members=list(said.index), at="2025-01-01")
    assert read.organizations["rewards"].to_dict() == {
        "gp": "in force", "homes": "in force", "police": "not signed"}  # fmt: skip


def test_trust_and_value_come_back_as_relations_a_reading_takes(tmp_path: Path):
    items = [key for key, item in ITEMS.items() if item.topic == "trust"]
    form = instruments.questionnaire(
        pd.DataFrame({"sector": list("xxyyy")}, index=[*"abcde"]), ["collaboration", *items])  # fmt: skip
    net = simulated(form, 6)
    ratings = {kind: net.relation(kind).to_matrix() for kind in items}
    by_hand = sum(ratings.values()) / len(items)
    found = trust.scores(net, items=items).dyads.set_index(["source", "target"])["score"]
    whole = by_hand.stack().dropna()
    whole = whole[[a != b for a, b in whole.index]]
    assert np.allclose(found[whole.index], whole)
    assert trust.net_trust(net, items=items) == pytest.approx(
        trust.scores(net, items=items).actors["received"].mean())  # fmt: skip
    seen = relations.read(net, by="sector", relation="collaboration", trust="trust_open", seed=1)
    assert seen.verdict


def test_wrong_general_answers_are_told_at_once(tmp_path: Path):
    form = instruments.questionnaire(
        ["gp", "homes", "police"], ["referral"], general=["goals", "aim"]
    )
    table = pd.DataFrame({"respondent": ["o1", "polise", "o1"], "goals": ["7", "4", "5"],
                          "aim": ["efficency", "", ""]})  # fmt: skip
    table.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(DataError) as error:
        form.read_general(tmp_path / "export.csv")
    issues = error.value.issues
    assert issues["problem"].tolist() == [
        "no organization on the roster", "answers more than once", "not among the answers",
        "not among the answers",
    ]  # fmt: skip
    assert issues["row"].tolist() == [3, 4, 2, 2]
    assert "did you mean 'police'?" in issues["suggestion"].tolist()
    assert "did you mean 'efficiency'?" in issues["suggestion"].tolist()
    with pytest.raises(DataError, match="the column is missing"):
        general(form, tmp_path, goals=["4"])
    with pytest.raises(DataError, match="asks nothing about the network"):
        instruments.questionnaire(["a", "b"], ["referral"]).read_general(tmp_path / "export.csv")
