"""The invented cases: chronic care, prisoner reintegration, adoption of electric vehicles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from orgnet_analytics.datasets.shipped import Case, case_folder, case_parts, read_table
from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders import read_memberships
from orgnet_analytics.measures import change, cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

ATTRIBUTES = {"naam": "label", "sector": "sector", "type organisatie": "type", "macht": "rank",
              "gemeente": "municipality", "waarom": "why"}  # fmt: skip
EFFECTIVE_FROM = 6.0
PLACES = {
    "subsidie per auto in euro": "SUBSIDY",
    "laadpunten per 1000 inwoners": "CHARGING",
    "aanvragen op het net binnen half jaar": "GRID",
    "wagenparken met een afspraak": "FLEET",
    "aandeel elektrisch in nieuwe auto's": "ADOPTION",
}
PROJECTS = {"titel": "title", "einde": "end", "budget in duizend euro": "budget",
            "opgave": "challenge"}  # fmt: skip
ROLES = {"coördinator": "coordinator", "partner": "partner"}


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
        - ``candidates``: the same with eight organizations that are no members (a night shelter, a second
          police zone, a fourth municipality, ...); ``actors["member"]`` is False for them, ``why`` says
          why they might be invited.
        - ``pathways``: eight profiles of people with several conditions at once: where they come in, which
          needs must be served, how many there are.
        - ``facts``: index ``wave``; ``trust``, ``goal_consensus``, ``formalization``,
          ``resource_adequacy``, ``internal_legitimacy``, ``external_legitimacy`` (0 to 1),
          ``governance_form`` (lead, nao), ``governance_form_change`` and ``core_purpose_change`` (0 or
          1, unknown in the first wave), ``age_years``.
        - ``outcomes``: scores of 2023 and 2025 at the levels community, network and organization, by
          clients, family carers, managers, staff, members, funders, municipalities and others.
        - ``agreements``: ten agreements; read them at a day in 2025.
        - ``folder``: the raw workbook, its codebook, ``kandidaten.csv`` (semicolons, Windows-1252), and
          ``broken.xlsx``, the workbook with mistakes.

    Notes
    -----
    Nothing in it exists: region, organizations and answers are made by ``data/chronic_care/make.py``
    from one seed. Real networks beside it: `fetch_tobacco_indiana` (a lead agency and its partners) and
    `fetch_lhds_us` (1,283 local health departments). What the reader set aside (names off the roster)
    stands in each wave's ``notes``.

    Examples
    --------
    >>> case = load_chronic_care()
    >>> list(case.waves)
    [2021, 2023, 2025]
    >>> case.facts.loc[2025, "governance_form"]
    'nao'
    """
    folder = case_folder("chronic_care")
    parts = case_parts(folder, "chronische_zorg.xlsx", "Noden Merelland (synthetisch)")
    return Case(
        **parts,
        pathways=read_table(folder / "pathways.csv"),
        candidates=_candidates(folder / "kandidaten.csv", parts["needs"]),
    )


def _candidates(file: Path, needs: TwoModeNetwork) -> TwoModeNetwork:
    """Return the members and those who might be invited, by needs."""
    told = pd.read_csv(file, sep=";", encoding="cp1252", dtype="str").set_index("code")
    ticked = told[told.columns.intersection(needs.events.index)] == "x"
    held = ticked.stack().rename_axis(["actor", "event"])
    ties = pd.concat([needs.ties, held[held].index.to_frame(index=False)], ignore_index=True)
    asked = told.rename(columns=ATTRIBUTES)[[*ATTRIBUTES.values()]].assign(member=False)
    asked["rank"] = asked["rank"].astype("int64")
    actors = pd.concat([needs.actors.assign(member=True), asked]).rename_axis(None)
    name = needs.name.replace("Noden", "Leden en kandidaten")
    return TwoModeNetwork(actors, needs.events, ties.fillna({"weight": 1.0}), name)


def load_prisoner_reintegration(*, noise: float = 0.0, seed: int = 1) -> Case:
    """Return the case of leaving prison: a network that one organization directs, in three waves. Synthetic.

    Parameters
    ----------
    noise : float
        Share of the 39 local networks, 0 to 1, whose effectiveness is told the other way round: to see
        from where on their comparison no longer finds the recipe.
    seed : int
        Which networks those are. With the same seed more noise keeps those it had.

    Returns
    -------
    Case
        - ``waves``: 2018, 2021 and 2024, each an `OrgNetwork`, directed, with the relations

          ============ ======================================================================
          coordination how often clients are discussed: 1 some times a year, 2 monthly, 3 weekly
          referral     the source sends clients on to the target: 1
          plan         the source works with the target on a shared reintegration plan: 1
          trust        the source's rating of the target: 1 (little) to 4 (much)
          ============ ======================================================================

          Columns of ``actors``: ``label`` (name), ``sector`` (10 values), ``type``, ``rank`` (power, 1
          least to 5 most), ``municipality``, ``responded``. ``"SDG"``, the prison's social service, leads.
        - ``needs``: organizations by the six life domains (werk, huisvesting, vrije tijd, sociale relaties,
          gezondheid, mobiliteit), income and debts, and identity papers, those of 2024.
        - ``pathways``: nine profiles of people who leave prison: where they come in, what must be served,
          whether in that order, how many they are.
        - ``facts``, ``outcomes`` (2021 and 2024), ``agreements`` (nine; read them at the end of 2024): as in
          `load_chronic_care`.
        - ``networks``: 39 local networks, each with 2023 and 2024, undirected, the same partners in both.
        - ``conditions``: a row per local network.

          ====== =============================================================================
          CI     centrally integrated: degree centralization of the ties of 2024; in from .5
          AGE    age in years; in from 3
          STAB   stability: share of the ties of either year that is there in both; in from .5
          RES    resources in euro per inhabitant; in from 1
          NAO    1 where a network administrative organization coordinates
          EFF    effectiveness as evaluators graded it, 0 to 10; in from 6
          ====== =============================================================================

        - ``folder``: the raw workbook, ``antwoorden_2021.csv`` (semicolons, Windows-1252), the tables of the
          local networks, the codebook, and ``broken.xlsx``, the survey with mistakes.

    Raises
    ------
    DataError
        Where the noise is no share.

    Notes
    -----
    Nothing in it exists: all is made by ``data/prisoner_reintegration/make.py`` from one seed. Without noise
    the local networks are effective exactly where CI*AGE*STAB*(RES + NAO): the solution that Raab, Mannak
    and Cambré (2015), Journal of Public Administration Research and Theory 25, 479-511, give for 39 Dutch
    networks. Only the solution is theirs, known to us from their abstract; cut-offs and networks are ours.
    Real networks beside the case: `fetch_tobacco_indiana` (a lead agency) and `fetch_emon_sar` (seven
    networks to compare).

    Examples
    --------
    >>> case = load_prisoner_reintegration()
    >>> list(case.waves), len(case.networks)
    ([2018, 2021, 2024], 39)
    >>> told = load_prisoner_reintegration(noise=0.15).conditions
    >>> int(((told["EFF"] >= 6) != (case.conditions["EFF"] >= 6)).sum())
    5
    """
    if not 0 <= noise <= 1:
        raise DataError(Issue("noise", "wanted a share, 0 to 1", value=noise))
    folder = case_folder("prisoner_reintegration")
    networks = _local_networks(read_table(folder / "lokale_banden.csv"))
    return Case(
        **case_parts(folder, "re_integratie.xlsx", "Levensdomeinen Vlierland (synthetisch)"),
        pathways=read_table(folder / "pathways.csv"),
        networks=networks,
        conditions=_conditions(read_table(folder / "lokale_netwerken.csv"), networks, noise, seed),
    )


def _local_networks(ties: pd.DataFrame) -> dict[str, dict[int, OrgNetwork]]:
    """Return each local network in its years, with the partners of either year."""
    ties = ties.rename(columns={"van": "source", "naar": "target"})
    networks: dict[str, dict[int, OrgNetwork]] = {}
    for (place, year), part in ties.groupby(["netwerk", "jaar"]):
        own = ties.loc[ties["netwerk"] == place, ["source", "target"]]
        networks.setdefault(place, {})[int(year)] = OrgNetwork.from_ties(
            part[["source", "target"]], sorted(set(own.to_numpy().ravel())), directed=False,
            name=f"{place} {year} (synthetisch)",
        )  # fmt: skip
    return networks


def _conditions(
    told: pd.DataFrame, networks: dict[str, dict[int, OrgNetwork]], noise: float, seed: int
) -> pd.DataFrame:
    """Return the conditions and the outcome of each local network; what its ties tell is measured."""
    told = told.set_index("netwerk")
    years = {place: list(nets.values()) for place, nets in networks.items()}
    score = told["doeltreffendheid 0-10"]
    turned = np.random.default_rng(seed).random(len(told)) < noise
    return pd.DataFrame(
        {
            "CI": {p: cohesion.net_centralization(nets[-1]) for p, nets in years.items()},
            "AGE": told["leeftijd in jaren"],
            "STAB": {p: change.net_stability(*nets) for p, nets in years.items()},
            "RES": told["middelen in euro per inwoner"],
            "NAO": (told["netwerkbureau"] == "ja").astype(int),
            "EFF": score.mask(turned, 2 * EFFECTIVE_FROM - score).round(1),
        }
    ).rename_axis("network")


def load_ev_adoption() -> Case:
    """Return the case of electric cars: a network that reorients, in four waves. Synthetic.

    Returns
    -------
    Case
        - ``waves``: 2015, 2018, 2021 and 2024, each an `OrgNetwork`, directed, with the relations

          ============ ======================================================================
          information  how often knowledge is exchanged: 1 yearly, 2 monthly, 3 weekly
          supply       the source supplies services or means to the target: 1
          trust        the source's rating of the target: 1 (little) to 4 (much)
          ============ ======================================================================

          Columns of ``actors``: ``label`` (name), ``sector`` (11 values), ``type``, ``rank`` (power, 1
          least to 5 most), ``municipality``, ``responded``. ``"BVA"``, the association of the car trade,
          leads until 2021; ``"PLN"``, a programme office for charging and grid, coordinates in 2024.
        - ``needs``: organizations by six interlocking challenges (actieradius: range, laden: charging, net:
          grid, prijs: price, wagenpark: fleets, vakmanschap: skills) and fire safety, those of 2024;
          ``needs.events["depends_on"]`` names the challenges each waits for, parted by ``;``.
        - ``projects``: which organization takes part in which of 24 projects; ``ties["role"]`` is coordinator
          or partner; ``events`` has ``title``, ``start``, ``end``, ``budget`` (thousands of euro) and
          ``challenge``.
        - ``facts``, ``outcomes`` (2018, 2021, 2024), ``agreements`` (nine; read them at the end of October
          2024): as in `load_chronic_care`.
        - ``conditions``: a row per municipality, 30 of them.

          ======== ===========================================================================
          SUBSIDY  purchase subsidy per car in euro; high from 2000
          CHARGING charging points per 1,000 inhabitants; many from 8
          GRID     share of grid requests connected within half a year; open from .6
          FLEET    share of fleets with an agreement to go electric; ahead from .3
          ADOPTION electric cars in new cars, percent; taken up from 25
          ======== ===========================================================================

        - ``folder``: the raw workbook, ``antwoorden_2021.sav`` (SPSS), the tables of projects and
          municipalities (semicolons and Windows-1252 in the former), the codebook, and ``broken.xlsx``.

    Notes
    -----
    Nothing in it exists: all is made by ``data/ev_adoption/make.py`` from one seed. The municipalities follow
    a recipe of ours, CHARGING*GRID*(FLEET + SUBSIDY): a subsidy alone does little. A real companion:
    `fetch_h2020_transport` (3,755 organizations in 939 transport projects).

    Examples
    --------
    >>> case = load_ev_adoption()
    >>> list(case.waves)
    [2015, 2018, 2021, 2024]
    >>> case.projects
    <TwoModeNetwork 'Projecten Merwerijk (synthetisch)': 39 actors, 24 events, 121 memberships>
    >>> case.needs.events.loc["laden", "depends_on"]
    'net'
    """
    folder = case_folder("ev_adoption")
    parts = case_parts(
        folder, "elektrisch_rijden.xlsx", "Opgaven Merwerijk (synthetisch)", sheet="Opgaven"
    )
    places = read_table(folder / "gemeenten.csv").rename(
        columns=PLACES | {"gemeente": "municipality"}
    )
    return Case(
        **parts | {"needs": _interlocked(parts["needs"], read_table(folder / "opgaven.csv"))},
        projects=_projects(folder, parts["waves"]),
        conditions=places.set_index("municipality"),
    )


def _interlocked(needs: TwoModeNetwork, told: pd.DataFrame) -> TwoModeNetwork:
    """Return the challenges with those each depends on."""
    depends = told.set_index("challenge")["depends_on"].reindex(needs.events.index)
    events = needs.events.assign(depends_on=depends)
    return TwoModeNetwork(needs.actors, events, needs.ties, needs.name, needs.notes)


def _projects(folder: Path, waves: dict[int, OrgNetwork]) -> TwoModeNetwork:
    """Return who takes part in which project, in which role: everybody who ever was a member."""
    nets = [net.actors.drop(columns="responded") for net in reversed(waves.values())]
    everybody = pd.concat(nets)
    everybody = everybody[~everybody.index.duplicated()]
    file = folder / "deelnames.csv"
    told = read_memberships(file, actor="organisatie", event="project", actors=everybody)
    roles = pd.read_csv(file, sep=";", encoding="cp1252")["rol"].map(ROLES)
    listed = pd.read_csv(folder / "projecten.csv", sep=";", encoding="cp1252", index_col="project")
    return TwoModeNetwork(
        everybody, listed.rename(columns=PROJECTS), told.ties.assign(role=roles.to_numpy()),
        "Projecten Merwerijk (synthetisch)",
    )  # fmt: skip
