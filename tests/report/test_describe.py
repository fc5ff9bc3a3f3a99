"""The description: numbers of the library, words of the reader's language, names left alone."""

import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, brokerage, datasets
from orgnet_analytics.report import describe


@pytest.fixture(scope="module")
def case():
    return datasets.load_chronic_care()


@pytest.fixture(scope="module")
def dutch(case):
    return describe(case.waves, relation="referral", by="sector", facts=case.facts, lang="nl")


def test_headings_and_tables_speak_dutch(dutch):
    headings = [section.heading for section in dutch.sections]
    assert headings[0] == "Wie heeft geantwoord"
    brokers = dutch.sections[3].table
    assert brokers.columns.tolist()[:3] == ["naam", "coördinator", "consulent"]
    assert dutch.sections[4].table.columns.tolist()[0] == "activering"
    assert "institutionalisering" in dutch.to_text()


def test_numbers_are_those_of_the_library(case, dutch):
    roles = brokerage.roles(case.waves[2025].relation("referral"), by="sector")
    shown = dutch.sections[3].table
    assert shown["alle rollen"].tolist() == roles["total"].nlargest(10).tolist()
    numbers = dutch.sections[1].table
    assert numbers.loc["relaties"].tolist() == [39, 139, 180]


def test_an_organization_may_be_called_like_a_heading():
    ties = pd.DataFrame({"source": ["value", "b"], "target": ["b", "density"]})
    page = describe(OrgNetwork.from_ties(ties, name="three"), lang="nl")
    assert set(page.sections[3].table.index) == {"value", "b", "density"}


def test_synthetic_data_are_called_so(dutch):
    assert dutch.banner.startswith("Dit zijn synthetische gegevens")
    assert describe(datasets.load_knoke(), relation="money").banner == ""


def test_a_choice_that_is_not_there_is_told():
    with pytest.raises(UndefinedError, match="'en' and 'nl'"):
        describe(datasets.load_knoke(), relation="money", lang="fr")
    with pytest.raises(UndefinedError, match="'information', 'money'"):
        describe(datasets.load_knoke())
    with pytest.raises(UndefinedError, match="no column 'sector'"):
        describe(datasets.load_knoke(), relation="money", by="sector")
    with pytest.raises(DataError, match="no network"):
        describe({})


@pytest.mark.filterwarnings("ignore:.*organizations answered")
@pytest.mark.parametrize(
    ("many", "said", "sections"),
    [(8, "", 4), (6, "read the numbers of ring", 4), (4, "too few", 3)],
)
def test_few_answers_are_told_and_too_few_give_no_numbers(many, said, sections):
    ids = list("abcdefghij")
    actors = pd.DataFrame({"responded": [i < many for i in range(10)]}, index=ids)
    ties = pd.DataFrame({"source": ids, "target": [*ids[1:], ids[0]]}).iloc[:many]
    page = describe(OrgNetwork(actors, ties, name="ring"))
    headings = [section.heading for section in page.sections]
    assert said in page.sections[0].sentences[0]
    assert ("few" in page.sections[0].sentences[0]) == bool(said)
    assert ("The strongest brokers" in headings) == (many > 4)
    assert page.sections[1].table.loc["density"].isna().all() == (many < 5)
