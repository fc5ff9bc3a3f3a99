"""What comes with the library: a small real network, and the shape and files of the invented cases."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pandas as pd

from orgnet_analytics.errors import DataWarning, UndefinedError
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.loaders import read_memberships, read_survey
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

HERE = Path(__file__).parent
CASES = ("chronic_care", "prisoner_reintegration", "ev_adoption")


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """A case to study: the network over the years, the needs it serves, and what else is known.

    Every case has the first group of attributes; the second holds what one case has and another does not:
    None, or an empty dict, where a case has no such thing.

    Attributes
    ----------
    waves : dict of int to OrgNetwork
        The network in each year, in order of time.
    needs : TwoModeNetwork
        Which organization works on which need.
    facts : pandas.DataFrame
        One row per wave: what a survey of ties does not tell.
    outcomes : pandas.DataFrame
        A row per judgement: ``wave, level, stakeholder, criterion, score, scale, baseline, target,
        direction``.
    agreements : pandas.DataFrame
        The register of agreements: ``id, title, problem, parties, signed_by, start, end, renewal, form,
        compliance, obliged, benefits``; lists within a cell are parted by ``;``.
    folder : pathlib.Path
        Where the raw files stand, to read them yourself.
    about : str
        What the case is, in a few sentences, and whether it is real.
    pathways : pandas.DataFrame, optional
        Profiles of clients: ``profile, entry, needs, in_order, clients``.
    candidates : TwoModeNetwork, optional
        Members and those who might be invited, by needs; ``actors["member"]`` tells them apart.
    projects : TwoModeNetwork, optional
        Which organization takes part in which project.
    networks : dict of str to dict of int to OrgNetwork
        Other networks to compare with each other: per network its years.
    conditions : pandas.DataFrame, optional
        A row per network (or place) that is compared: its conditions and the outcome.
    """

    waves: dict[int, OrgNetwork]
    needs: TwoModeNetwork
    facts: pd.DataFrame = OwnFrame()
    outcomes: pd.DataFrame | None = OwnFrame(None)
    agreements: pd.DataFrame | None = OwnFrame(None)
    folder: Path = Path()
    about: str = ""
    pathways: pd.DataFrame | None = OwnFrame(None)
    candidates: TwoModeNetwork | None = None
    projects: TwoModeNetwork | None = None
    networks: dict[str, dict[int, OrgNetwork]] = field(default_factory=dict)
    conditions: pd.DataFrame | None = OwnFrame(None)

    def __repr__(self) -> str:
        years = ", ".join(str(year) for year in self.waves)
        return f"<Case {self.folder.name!r}: waves {years}; {self.needs.summary}>"


def case_folder(name: str) -> Path:
    """Return the folder with the raw files of a shipped case.

    Raises
    ------
    UndefinedError
        Where there is no such case; the message names those there are.

    Examples
    --------
    >>> (case_folder("chronic_care") / "codebook.yaml").exists()
    True
    """
    if name not in CASES:
        raise UndefinedError(f"There is no case {name!r}; there is {', '.join(map(repr, CASES))}.")
    installed, checkout = HERE / "cases" / name, HERE.parents[1] / "data" / name
    return installed if installed.exists() else checkout


def load_knoke() -> OrgNetwork:
    """Return the Knoke bureaucracies: ten organizations, who gives whom information and money.

    A small real network that textbooks compute by hand, so every number can be checked.

    Returns
    -------
    OrgNetwork
        Directed, relations ``information`` (49 ties) and ``money`` (22 ties), weight 1. The ids are the
        source's codes (COUN, COMM, EDUC, INDU, MAYR, WRO, NEWS, UWAY, WELF, WEST); it gives no
        attributes. Everybody answered.

    Notes
    -----
    Source: Knoke and Wood (1981), *Organized for Action*; the UCINET file KNOKBUR. Public teaching data.
    Checked against R (sna, igraph): density .5444 and .2444, reciprocity, degrees, betweenness.

    Examples
    --------
    >>> load_knoke()
    <OrgNetwork 'Knoke bureaucracies': 10 actors, 71 directed ties in 2 relations>
    """
    parts = []
    for relation in ("information", "money"):
        table = pd.read_csv(HERE / "files" / "knoke" / f"{relation}.csv", index_col=0)
        ties = table.stack().rename_axis(["source", "target"]).rename("weight").reset_index()
        parts.append(ties[ties["weight"] > 0].assign(relation=relation))
    actors = pd.DataFrame(index=table.index.rename(None))
    return OrgNetwork(actors, pd.concat(parts, ignore_index=True), name="Knoke bureaucracies")


def case_parts(folder: Path, survey: str, needs: str, *, sheet: str = "Noden") -> dict[str, Any]:
    """Return what every case has, as the fields of `Case`: read from the raw files in its folder.

    ``survey`` is the workbook, ``needs`` what its ``sheet`` of needs is called as a network. What the reader
    sets aside stands in the ``notes`` of each wave.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        waves = cast(
            "dict[int, OrgNetwork]", read_survey(folder / survey, folder / "codebook.yaml")
        )
    members = waves[max(waves)].actors.drop(columns="responded")
    return {
        "waves": waves,
        "needs": read_memberships(folder / survey, sheet=sheet, actors=members, name=needs),
        "facts": read_table(folder / "facts.csv").set_index("wave"),
        "outcomes": read_table(folder / "outcomes.csv"),
        "agreements": read_table(folder / "agreements.csv"),
        "folder": folder,
        "about": (folder / "about.md").read_text(encoding="utf-8"),
    }


def read_table(file: Path) -> pd.DataFrame:
    """Return a table of the case; only a blank cell is unknown, for an organization may be called NA."""
    return pd.read_csv(file, keep_default_na=False, na_values=[""])
