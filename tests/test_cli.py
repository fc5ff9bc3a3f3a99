"""The commands: what they print, what they write, and how they end on bad data."""

import pandas as pd
import pytest

from orgnet_analytics import cli
from orgnet_analytics.datasets import case_folder

CASE = case_folder("chronic_care")
WORKBOOK, CODEBOOK = str(CASE / "chronische_zorg.xlsx"), str(CASE / "codebook.yaml")


def test_describe_writes_the_page_and_says_where(tmp_path, capsys):
    page = tmp_path / "out" / "page.html"
    options = ["--codebook", CODEBOOK, "--facts", str(CASE / "facts.csv"), "--relation", "referral"]
    code = cli.main(["describe", WORKBOOK, *options, "--by", "sector", "--out", str(page)])
    said = capsys.readouterr()
    assert code == 0
    assert said.out.rstrip().endswith(page.as_uri())
    assert "synthetic" in said.out
    assert "coordinator" in said.out
    assert "set aside" in said.err
    assert page.read_text(encoding="utf-8").count("<h2>") == said.out.count("\n--")


def test_describe_speaks_dutch(capsys):
    code = cli.main(["describe", "knoke", "--relation", "information", "--lang", "nl"])
    assert code == 0
    assert "De sterkste makelaars" in capsys.readouterr().out


def test_check_says_what_is_in_a_survey(capsys):
    assert cli.main(["check", WORKBOOK, "--codebook", CODEBOOK]) == 0
    assert capsys.readouterr().out.count("<OrgNetwork") == 3


def test_check_lists_every_problem_and_ends_with_2(capsys):
    assert cli.main(["check", str(CASE / "broken.xlsx"), "--codebook", CODEBOOK]) == 2
    said = capsys.readouterr().err
    planted = pd.read_csv(CASE / "broken.csv")
    places = [f"  {m.sheet}, row {m.row}, column" for m in planted.itertuples()]
    assert [place for place in places if place not in said] == []


def test_a_relation_that_is_not_there_names_those_that_are(capsys):
    assert cli.main(["describe", "knoke", "--relation", "love"]) == 2
    assert "'information', 'money'" in capsys.readouterr().err


def test_an_unknown_data_set_is_told_in_words(capsys):
    assert cli.main(["describe", "knok"]) == 2
    assert "knoke" in capsys.readouterr().err


def test_datasets_lists_real_and_synthetic(capsys):
    assert cli.main(["datasets"]) == 0
    said = capsys.readouterr().out
    assert "knoke" in said
    assert "synthetic" in said


def test_without_a_command_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "usage: orgnet" in capsys.readouterr().err
