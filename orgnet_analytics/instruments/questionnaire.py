"""A questionnaire for a roster: what is asked of whom, and the files that ask it."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.frames import OwnFrame, checked_actors
from orgnet_analytics.instruments.items import ITEMS, SCALES, WORDS, Choice, Item
from orgnet_analytics.network import OrgNetwork

Language = Literal["nl", "en"]
RELATIONS = ("collaboration", "information", "referral", "resources")
KEY = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, eq=False, repr=False)
class Questionnaire:
    """A questionnaire for a roster of organizations.

    Attributes
    ----------
    actors : pandas.DataFrame
        The roster: index the ids; ``label`` the names; ``code`` the short code of each in the forms.
    relations, general : dict of str to Item
        What is asked about every partner (each a relation of the network), and about the network.
    scales : dict of str to tuple of Choice
        The answers.
    lang : {"nl", "en"}
        The language of the forms.
    name : str
        What the network is called.
    directed : bool
        Whether a tie has a direction.
    """

    actors: pd.DataFrame = OwnFrame()
    relations: Mapping[str, Item] = None  # type: ignore[assignment]
    general: Mapping[str, Item] = None  # type: ignore[assignment]
    scales: Mapping[str, tuple[Choice, ...]] = None  # type: ignore[assignment]
    lang: Language = "en"
    name: str = ""
    directed: bool = True

    def __repr__(self) -> str:
        title = f" {self.name!r}" if self.name else ""
        return f"<Questionnaire{title}: {self._summary}>"

    def _repr_html_(self) -> str:
        title = html.escape(self.name or "Questionnaire")
        return f"<p><b>{title}</b><br>{html.escape(self._summary)}</p>"

    @property
    def _summary(self) -> str:
        asked = (
            f"{len(self.relations)} questions per partner, {len(self.general)} about the network"
        )
        return f"{len(self.actors)} organizations, {asked} ({self.lang})"

    def word(self, key: str) -> str:
        """Return a fixed text of the forms in their language."""
        return WORDS[key][self.lang]

    @property
    def attributes(self) -> list[str]:
        """The columns of the roster that are kept as attributes."""
        return [str(column) for column in self.actors if column not in ("label", "code")]

    def codebook(self, form: Literal["web", "excel"] = "web") -> dict[str, Any]:
        """Return the codebook with which ``read_survey`` reads what comes back.

        Parameters
        ----------
        form : {"web", "excel"}
            A row per respondent, as form servers export, or the filled-in workbook.
        """
        web = form == "web"
        sheet = "organizations.csv" if web else self.word("Organizations")
        actors = {"sheet": sheet, "id": "id", "label": self.word("label"), "aliases": "code"}
        answers = {} if web else {"sheet": self.word("Answers"), "responded": self.word("answered")}
        book = {
            "name": self.name, "language": self.lang, "directed": self.directed,
            "actors": actors | {"attributes": {c: c for c in self.attributes}},
            "answers": answers,
            "respondent": "respondent" if web else self.word("organization"),
            "relations": {key: self._relation(key, web) for key in self.relations},
            "scales": {key: _worths(self.scales[key]) for key in self._used_scales()},
        }  # fmt: skip
        return book | ({"format": "kobo", "ignore": list(self.general)} if web else {})

    def _relation(self, key: str, web: bool) -> dict[str, Any]:
        item = self.relations[key]
        if web:
            return {"layout": "roster", "columns": f"{key}_{{actor}}", "scale": item.scale}
        return {"layout": "roster_long", "partner": self.word("partner"),
                "answer": item.title[self.lang], "scale": item.scale}  # fmt: skip

    def _used_scales(self) -> list[str]:
        return list(dict.fromkeys(item.scale for item in self.relations.values()))

    def save(self, folder: str | os.PathLike[str]) -> dict[str, Path]:
        """Write the forms, and beside each the codebook that reads what comes back.

        Returns
        -------
        dict of str to pathlib.Path
            ``web``: an XLSForm for KoboToolbox, ODK and the like (put the export beside its
            ``codebook.yaml`` and ``organizations.csv``); ``excel``: a workbook with drop-down lists, to
            fill in or to type paper answers into; ``paper``: a page to print.

        Examples
        --------
        >>> import tempfile
        >>> form = questionnaire(["clinic", "homes"], ["referral"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sorted(str(path.relative_to(folder).as_posix()) for path in form.save(folder).values())
        ['excel/questionnaire.xlsx', 'paper/questionnaire.html', 'web/xlsform.xlsx']
        """
        from orgnet_analytics.instruments.page import page
        from orgnet_analytics.instruments.workbook import save_workbook
        from orgnet_analytics.instruments.xlsform import save_xlsform

        paths = {
            "web": Path(folder) / "web" / "xlsform.xlsx",
            "excel": Path(folder) / "excel" / "questionnaire.xlsx",
            "paper": Path(folder) / "paper" / "questionnaire.html",
        }
        for path in paths.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        save_xlsform(self, paths["web"])
        save_workbook(self, paths["excel"])
        paths["paper"].write_text(page(self), encoding="utf-8")
        self._save_roster(paths["web"].parent / "organizations.csv")
        for form in ("web", "excel"):
            text = yaml.safe_dump(self.codebook(form), allow_unicode=True, sort_keys=False)
            (paths[form].parent / "codebook.yaml").write_text(text, encoding="utf-8")
        return paths

    def read_general(self, path: str | os.PathLike[str]) -> pd.DataFrame:
        """Return what came back about the network as a whole: a row per organization that answered any of it.

        The columns are the keys of the questions, as the readings know them: the table goes into
        ``suitability.screen``, ``governance.facts`` and ``agreements.from_answers`` as it is. What was left
        open or answered with "don't know" is missing.

        Parameters
        ----------
        path : path
            The export of the form server, or the filled-in workbook.

        Raises
        ------
        DataError
            Listing every missing column, unknown or repeated organization, and answer that is no choice.

        Examples
        --------
        >>> import tempfile
        >>> form = questionnaire(["clinic", "homes"], ["referral"], general=["goals", "aim"])
        >>> back = pd.DataFrame({"respondent": ["clinic", "o2"], "goals": ["4", "99"],
        ...                      "aim": ["efficiency", ""]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     back.to_csv(Path(folder) / "export.csv", index=False)
        ...     form.read_general(Path(folder) / "export.csv").to_dict("index")
        {'clinic': {'goals': 4.0, 'aim': 'efficiency'}, 'homes': {'goals': nan, 'aim': nan}}
        """
        from orgnet_analytics.instruments.general import read_general

        return read_general(self, path)

    def roster(self) -> pd.DataFrame:
        """Return the roster as the forms carry it: ``id``, name, ``code`` and the attributes."""
        table = self.actors.rename_axis("id").reset_index()
        table = table.rename(columns={"label": self.word("label")})
        return table[["id", self.word("label"), "code", *self.attributes]]

    def _save_roster(self, path: Path) -> None:
        """Write the roster; a space before a formula keeps a spreadsheet from running it."""
        table = self.roster()
        for column in table.columns:
            table[column] = [
                f" {cell}" if isinstance(cell, str) and cell[:1] in "=+-@" else cell
                for cell in table[column]
            ]
        table.to_csv(path, index=False)


def _worths(choices: Iterable[Choice]) -> dict[str, Any]:
    """Return the scale of a codebook: by code and, in either language, by what the choice says."""
    values: dict[str, float] = {}
    missing: list[str] = []
    for choice in choices:
        names = dict.fromkeys([choice.code, *choice.says.values()])
        if choice.worth is None:
            missing += names
        else:
            values |= dict.fromkeys(names, choice.worth)
    return {"values": values} | ({"missing": missing} if missing else {})


def questionnaire(
    actors: pd.DataFrame | OrgNetwork | Sequence[str],
    relations: Sequence[str] | Mapping[str, str | Item] = RELATIONS,
    scales: Mapping[str, Mapping[str, float | None]] | None = None,
    lang: Language = "en",
    *,
    general: Sequence[str] = (),
    name: str = "",
) -> Questionnaire:
    """Make a questionnaire that asks every organization on the roster about every other one.

    What comes back, from a form server, from the workbook or typed over from paper, is read by
    ``read_survey`` with the codebook that is saved beside it: nothing needs to be told twice.

    Parameters
    ----------
    actors : pandas.DataFrame, OrgNetwork or sequence of str
        The roster: index the ids, ``label`` the names (the ids where there is none), further columns
        attributes; or the names only.
    relations : sequence of str or dict
        Keys of `ITEMS` that ask about partners; or a dict with questions of your own: key to ``Item``, or to
        the text of a yes-no question.
    scales : dict of str to dict, optional
        Scales of your own: what an answer says to what it is worth (0 no tie, None unknown).
    lang : {"nl", "en"}
        The language of the forms.
    general : sequence of str
        Keys of `ITEMS` that ask about the network as a whole: goal consensus, governance, agreements,
        complexity, suitability. Each respondent answers them once; they are no part of the network read
        back, but of what ``read_general`` returns.
    name : str
        What the network is called.

    Returns
    -------
    Questionnaire
        ``save(folder)`` writes the forms.

    Raises
    ------
    UndefinedError
        Where there is no such item, scale or language; the message names the nearest.
    DataError
        Listing what is wrong with the roster, and keys that cannot be column names.

    Notes
    -----
    The levels of collaboration carry the names of Frey et al. (2006), 0 no interaction to 5 collaboration.
    All wording of questions is this library's own. Checked: pyxform accepts the form, and simulated answers
    come back as the network they were made from.

    Examples
    --------
    >>> questionnaire(["clinic", "homes", "police"], ["collaboration", "trust_open"], lang="nl")
    <Questionnaire: 3 organizations, 2 questions per partner, 0 about the network (nl)>
    """
    if lang not in ("nl", "en"):
        raise UndefinedError(f"There is no language {lang!r}; there is 'nl', 'en'.")
    every = {**SCALES, **{key: _own_scale(answers) for key, answers in (scales or {}).items()}}
    asked = _asked(relations, "partner")
    told = _asked(general, "network")
    for key, item in {**asked, **told}.items():
        if item.scale not in every and not (item.scale == "actor" and key in told):
            hint = nearest(item.scale, every) or f"there is {', '.join(every)}"
            raise UndefinedError(f"There is no scale {item.scale!r} (question {key!r}): {hint}")
    used = {item.scale for item in (*asked.values(), *told.values())} - {"actor"}
    kept = {key: choices for key, choices in every.items() if key in used}
    return Questionnaire(_roster(actors), asked, told, kept, lang, name)


def _own_scale(answers: Mapping[str, float | None]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"c{place}", {"nl": says, "en": says}, worth)
        for place, (says, worth) in enumerate(answers.items())
    )


def _asked(keys: Sequence[str] | Mapping[str, str | Item], about: str) -> dict[str, Item]:
    if isinstance(keys, Mapping):
        items = {
            key: item if isinstance(item, Item) else _yes_no(key, item)
            for key, item in keys.items()
        }
        found = [
            Issue("relations", "a key is small letters, digits and _, a letter first", value=key)
            for key in items
            if not KEY.fullmatch(key)
        ]
        found += [
            Issue("relations", "wanted title and question in nl and en", value=key)
            for key, item in items.items()
            if not {"nl", "en"} <= item.title.keys() & item.asks.keys()
        ]
        if found:
            raise DataError(found)
        return items
    known = [key for key, item in ITEMS.items() if item.about == about]
    for key in keys:
        if key not in known:
            hint = nearest(key, known) or f"there is {', '.join(known)}"
            raise UndefinedError(f"There is no question {key!r} about the {about}: {hint}")
    return {key: ITEMS[key] for key in keys}


def _yes_no(key: str, text: str) -> Item:
    title = key.replace("_", " ").capitalize()
    return Item(dict.fromkeys(("nl", "en"), title), dict.fromkeys(("nl", "en"), text), "yes_no",
                "partner", "own")  # fmt: skip


def _roster(actors: pd.DataFrame | OrgNetwork | Sequence[str]) -> pd.DataFrame:
    if isinstance(actors, OrgNetwork):
        actors = actors.actors
    if not isinstance(actors, pd.DataFrame):
        actors = pd.DataFrame(index=pd.Index(list(actors)))
    table, found = checked_actors(actors, "actors")
    if not found and len(table) < 2:
        found = [Issue("actors", "wanted two organizations or more", value=len(table))]
    if found:
        raise DataError(found)
    table = table.drop(columns=["responded", "code"], errors="ignore")
    names = table["label"].fillna("") if "label" in table else pd.Series("", index=table.index)
    names = names.astype("str").str.strip()
    names = names.where(names != "", pd.Series(table.index, index=table.index))
    ids = pd.Series(table.index.str.casefold(), index=table.index)
    folded = names.str.casefold()
    twice = folded.duplicated(keep=False) | (folded.isin(ids) & (folded != ids))
    if twice.any():
        problem = "another organization has this name or id"
        raise DataError(Issue("actors", problem, i, "label", n) for i, n in names[twice].items())
    width = len(str(len(table)))
    lead, taken = "o", {name.casefold() for name in (*table.index, *names)}
    while any(f"{lead}{place:0{width}d}" in taken for place in range(1, len(table) + 1)):
        lead += "o"
    codes = [f"{lead}{place:0{width}d}" for place in range(1, len(table) + 1)]
    return table.assign(label=names, code=pd.Series(codes, index=table.index, dtype="str"))
