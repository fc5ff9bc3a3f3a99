"""What respondents say of the network as a whole, read back under the names the readings know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.instruments.items import UNKNOWN
from orgnet_analytics.loaders.codebook import Codebook
from orgnet_analytics.loaders.names import Names
from orgnet_analytics.loaders.sheet import Sheet
from orgnet_analytics.loaders.sheets import Source
from orgnet_analytics.loaders.vendors import plainly

if TYPE_CHECKING:
    from orgnet_analytics.instruments.items import Item
    from orgnet_analytics.instruments.questionnaire import Questionnaire


def read_general(form: Questionnaire, path: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the general answers in a file that came back: a row per organization, a column per question.

    Raises
    ------
    DataError
        Listing every missing column, unknown or repeated organization, and answer that is no choice.
    """
    if not form.general:
        raise DataError(Issue("general", "this questionnaire asks nothing about the network"))
    sheet, found = _sheet(form, path), list[Issue]()
    names = _names(form)
    who = _column(sheet, "respondent", form.word("organization"), found)
    told = {
        key: _column(sheet, key, item.title[form.lang], found) for key, item in form.general.items()
    }
    if found or who is None:
        raise DataError(found)
    given = pd.DataFrame(told, dtype=object)
    answered = given.ne("").any(axis=1)
    ids = _ids(sheet, who[answered], names, found)
    answers = {
        key: _answers(sheet, given.loc[answered, key], item, form, names, found)
        for key, item in form.general.items()
    }
    if found:
        raise DataError(found)
    table = pd.DataFrame(answers).set_axis(pd.Index(ids, name="organization", dtype="str"))
    return table.reindex(form.actors.index.intersection(table.index).rename("organization"))


def _sheet(form: Questionnaire, path: str | os.PathLike[str]) -> Sheet:
    """Return the sheet of general answers of the workbook, or the export of a form server."""
    source, word = Source(path), form.word("General")
    if word in source.sheets:
        return source.sheet(word)
    return plainly(source.sheet(), Codebook.of(form.codebook("web")), None)


def _column(sheet: Sheet, key: str, title: str, found: list[Issue]) -> pd.Series | None:
    """Return the answers to a question, which an export calls by its key and the workbook by its title."""
    cells = sheet.column(title if title in sheet.header else key, found)
    return None if cells is None else cells.str.strip()


def _names(form: Questionnaire) -> Names:
    table = form.actors[["label", "code"]]
    called = ((str(actor), [row.label, row.code], actor) for actor, row in table.iterrows())
    return Names.of(called, "organizations")


def _ids(sheet: Sheet, who: pd.Series, names: Names, found: list[Issue]) -> list[str]:
    """Return who answers in each row; unknown names, and who answers twice, go to ``found``."""
    ids = [names.find(name) or "" for name in who]
    seen: set[str] = set()
    for (row, name), actor in zip(who.items(), ids, strict=True):
        if not actor or actor in seen:
            problem = "answers more than once" if actor else "no organization on the roster"
            hint = "" if actor else nearest(name, names.exact)
            found.append(Issue(sheet.name, problem, row, str(who.name), name, hint))
        seen.add(actor)
    return ids


def _answers(
    sheet: Sheet,
    cells: pd.Series,
    item: Item,
    form: Questionnaire,
    names: Names,
    found: list[Issue],
) -> list[float | str | None]:
    """Return the answers as numbers, as words where the scale has none, or as organizations."""
    choices = {"": None} | (names.exact if item.scale == "actor" else _worths(form, item.scale))
    known = {_plain(said): worth for said, worth in choices.items()}
    for row, said in cells.items():
        if _plain(said) not in known:
            hint = nearest(said, [one for one in choices if one])
            found.append(
                Issue(sheet.name, "not among the answers", row, str(cells.name), said, hint)
            )
    return [known.get(_plain(said)) for said in cells]


def _worths(form: Questionnaire, scale: str) -> dict[str, float | str | None]:
    """Return what each answer is worth, by code and in either language; "don't know" is nothing."""
    choices = form.scales[scale]
    words = all(choice.worth is None for choice in choices)
    return {
        said: choice.code if words and choice.code != UNKNOWN else choice.worth
        for choice in choices
        for said in (choice.code, *choice.says.values())
    }


def _plain(said: str) -> str:
    return " ".join(said.split()).casefold()
