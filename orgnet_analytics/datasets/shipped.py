"""The data sets that come with the library: one real, one invented."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd

from orgnet_analytics.errors import DataWarning, UndefinedError
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.loaders import read_memberships, read_survey
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

HERE = Path(__file__).parent
CASES = ("chronic_care",)


@dataclass(frozen=True, eq=False)
class Case:
    """A case to study: the network over the years, the needs it serves, and what else is known.

    Attributes
    ----------
    waves : dict of int to OrgNetwork
        The network in each year, in order of time.
    needs : TwoModeNetwork
        Which organization works on which need.
    facts : pandas.DataFrame
        One row per wave: what a survey of ties does not tell.
    folder : pathlib.Path
        Where the raw files stand, to read them yourself.
    about : str
        What the case is, in a few sentences, and whether it is real.
    """

    waves: dict[int, OrgNetwork]
    needs: TwoModeNetwork
    facts: pd.DataFrame = OwnFrame()
    folder: Path = Path()
    about: str = ""

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


def load_chronic_care() -> Case:
    """Return the teaching case: a regional chronic-care network in three waves. Synthetic.

    Returns
    -------
    Case
        - ``waves``: 2021, 2023 and 2025, each an `OrgNetwork`, directed, with the relations

          ============ ======================================================================
          information  how often information is exchanged: 1 yearly, 2 monthly, 3 weekly
          referral     the source refers clients to the target: 1
          care_plan    the source works with the target on a shared care plan: 1
          trust        the source's rating of the target: 1 (little) to 4 (much)
          ============ ======================================================================

          Columns of ``actors``: ``label`` (name), ``sector`` (8 values), ``type``, ``rank`` (power, 1
          least to 5 most), ``municipality``, ``responded``.
        - ``needs``: organizations by needs of people with a chronic illness, those of 2025.
        - ``facts``: index ``wave``; ``trust``, ``goal_consensus``, ``formalization``,
          ``resource_adequacy``, ``internal_legitimacy``, ``external_legitimacy`` (0 to 1),
          ``governance_form`` (lead, nao), ``governance_form_change`` and ``core_purpose_change`` (0 or
          1, unknown in the first wave), ``age_years``.
        - ``folder``: the raw workbook, its codebook, and ``broken.xlsx``, the same with mistakes.

    Notes
    -----
    Nothing in it exists: region, organizations and answers are made by ``data/chronic_care/make.py``
    from one seed. What the reader set aside (names off the roster) stands in each wave's ``notes``.

    Examples
    --------
    >>> case = load_chronic_care()
    >>> list(case.waves)
    [2021, 2023, 2025]
    >>> case.facts.loc[2025, "governance_form"]
    'nao'
    """
    folder = case_folder("chronic_care")
    book = folder / "chronische_zorg.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        waves = cast("dict[int, OrgNetwork]", read_survey(book, folder / "codebook.yaml"))
    members = waves[max(waves)].actors.drop(columns="responded")
    needs = read_memberships(
        book, sheet="Noden", actors=members, name="Noden Merelland (synthetisch)"
    )
    facts = pd.read_csv(folder / "facts.csv", index_col="wave")
    about = (folder / "about.md").read_text(encoding="utf-8")
    return Case(waves, needs, facts, folder, about)
