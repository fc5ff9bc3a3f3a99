"""Data sets whose source is a file of R: the other networks to download."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.datasets.download import raw_files
from orgnet_analytics.datasets.r_objects import igraph_tables, network_tables, read_r
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork


@dataclass(frozen=True, eq=False, repr=False)
class TwoLevels:
    """Organizations, what they take part in, and how each of the two hangs together.

    Attributes
    ----------
    network : OrgNetwork
        Ties between the organizations.
    memberships : TwoModeNetwork
        Which organization takes part in what.
    events : OrgNetwork or None
        Ties between the events, where the source has them.
    """

    network: OrgNetwork
    memberships: TwoModeNetwork
    events: OrgNetwork | None = None

    def __repr__(self) -> str:
        events = f"; events: {self.events.summary}" if self.events else ""
        text = f"{self.network.summary}; {self.memberships.summary}{events}"
        return f"<TwoLevels {self.network.name!r}: {text}>"


def fetch_wetlands_ch(*, base_url: str | None = None) -> TwoLevels:
    """Return the management of a Swiss wetland: actors, activities, and the ties within and between.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    TwoLevels
        ``network``: 80 actors, 288 undirected collaborations. ``memberships``: actors by 52 activities,
        140. ``events``: 113 activities that depend on each other, undirected. Weight 1, no attributes.

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    The documentation counts 566 ties, the file holds 541. Source: Angst and Seppelt, R package motifr
    (MIT licence; "anonymized and should only be used for exemplary purposes").
    """
    local = raw_files("wetlands_ch", base_url=base_url)
    vertices, ties = network_tables(read_r(local["wetlands_mlnet.RData"])["ml_net"])
    is_actor = vertices["sesType"] == 1
    actors, activities = (
        pd.DataFrame(index=vertices.index[side]) for side in (is_actor, ~is_actor)
    )
    from_actor, to_actor = (ties[end].map(is_actor) for end in ("source", "target"))
    across = ties[from_actor != to_actor]
    flipped = across["source"].map(is_actor)
    memberships = pd.DataFrame(
        {
            "actor": across["source"].where(flipped, across["target"]),
            "event": across["target"].where(flipped, across["source"]),
        }
    )
    return TwoLevels(
        OrgNetwork(actors, ties[from_actor & to_actor], directed=False, name="Swiss wetland"),
        TwoModeNetwork(actors, activities, memberships, "Swiss wetland activities"),
        OrgNetwork(
            activities,
            ties[~from_actor & ~to_actor],
            directed=False,
            name="Swiss wetland: interdependence of activities",
        ),
    )


def fetch_ryanair_eu(*, base_url: str | None = None) -> OrgNetwork:
    """Return who influenced whom in the EU decision on Ryanair and Charleroi airport, 2004.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    OrgNetwork
        20 actors (people acting for organizations: some organizations stand more than once), 177
        directed ties of weight 1; ``organization`` is the id without its number.

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    Source: Christopoulos (2006); Knoke, Diani, Hollway and Christopoulos (2021); R package migraph (MIT
    licence). Checked against recorded R values: density .4658, reciprocity .7797.
    """
    local = raw_files("ryanair_eu", base_url=base_url)
    actors, ties = igraph_tables(read_r(local["mpn_ryanair.rda"])["mpn_ryanair"])
    actors["organization"] = actors.index.str.replace(r"^\d+ ", "", regex=True)
    return OrgNetwork(actors, ties, name="Ryanair and Charleroi 2004")


TOBACCO = {"TCcnt": ("contact", "contact"), "TCcoll": ("collaboration", "collaborate"),
           "TCdiss": ("dissemination", None)}  # fmt: skip
AGENCY = {
    1: "Lead agency",
    2: "Contractor",
    3: "Coalition",
    4: "Advocacy",
    5: "Government",
    6: "National partner",
}
LEVEL = {1: "Local", 2: "State", 3: "National"}


def fetch_tobacco_indiana(*, base_url: str | None = None) -> OrgNetwork:
    """Return the tobacco-control network of Indiana, 2010: a lead organization and its partners.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    OrgNetwork
        25 organizations, undirected, relations ``contact`` (weight 1 yearly to 5 daily; 175 ties),
        ``collaboration`` (1 share information only, 2 informal, 3 formal, 4 formal on several projects;
        161) and ``dissemination`` (1; 103). ``actors``: ``agency_cat``, ``agency_lvl``,
        ``lead_agency`` (0/1), ``tob_yrs`` (years in tobacco control).

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    Source: Luke, Wald, Carothers, Bach and Harris (2013); R package UserNetR (GPL-2). Checked against
    recorded R values: density .5833, .5367, .3433; degree centralization .4529, .5036, .7138.
    """
    local = raw_files("tobacco_indiana", base_url=base_url)
    stored = read_r(local["TCnetworks.rda"])["TCnetworks"]
    parts = []
    for key, (relation, strength) in TOBACCO.items():
        vertices, ties = network_tables(stored[key])
        weight = ties[strength] if strength else 1.0
        parts.append(ties[["source", "target"]].assign(relation=relation, weight=weight))
    actors = vertices.assign(
        agency_cat=vertices["agency_cat"].map(AGENCY), agency_lvl=vertices["agency_lvl"].map(LEVEL)
    )
    actors = actors.astype({"lead_agency": int})
    ties = pd.concat(parts, ignore_index=True)
    return OrgNetwork(actors, ties, directed=False, name="Indiana tobacco control 2010")


def fetch_emon_sar(*, base_url: str | None = None) -> dict[str, OrgNetwork]:
    """Return seven search-and-rescue networks: who worked together on the spot after a disaster.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    dict of str to OrgNetwork
        By disaster, 13 to 27 organizations; directed, ``weight`` 4 (continuously) to 1 (about once a day
        or less) as reported by the source about the target; the source's own code runs the other way.
        ``actors``: ``label``, ``sponsorship``, ``location`` (L local, NL not local, B both),
        ``formalization`` (0 to 4), ``paid_staff``, ``volunteer_staff``, ``command_rank_score``,
        ``decision_rank_score``.

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    Source: Drabek, Tamminga, Kilijanek and Adams (1981); R package network (GPL-2 or later). Checked
    against recorded R values for all seven (density, reciprocity, centralization).
    """
    local = raw_files("emon_sar", base_url=base_url)
    networks = {}
    for place, stored in read_r(local["emon.RData"])["emon"].items():
        actors, ties = network_tables(stored)
        actors.columns = actors.columns.str.lower().str.replace(".", "_")
        actors.insert(0, "label", actors.index.str.replace(r"\.+", " ", regex=True).str.strip())
        ties = ties.assign(weight=5 - ties.pop("Frequency"))
        networks[str(place)] = OrgNetwork(actors, ties, name=f"Search and rescue: {place}")
    return networks


def fetch_estuaries_us(*, base_url: str | None = None) -> dict[str, dict[int, OrgNetwork]]:
    """Return the policy networks of ten US estuaries, each in two waves.

    Ten small panels with real non-response: 74 of 194 organizations did not answer the second wave.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    dict of str to dict of int to OrgNetwork
        By estuary, then by wave (1, 2): directed collaboration, weight 1. ``actors``: ``governmental``
        (0/1), ``prodev`` (higher = more pro-development), ``trust`` (generalized, 0 to 10, of that
        wave), ``responded``. A cell nobody filled in is an unknown dyad.

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    In the file all estuaries stand in one matrix where code 10 marks another estuary: no dyad, so
    each estuary is a network of its own here. Six self-ties of wave 2 are set aside. The organizations
    are anonymous. Source: Berardo and Scholz (2010); Desmarais and Cranmer (2012); R package ina (GPL-3).
    Checked against recorded R values for all twenty networks.
    """
    local = raw_files("estuaries_us", base_url=base_url)
    stored = {key: np.asarray(value) for key, value in read_r(local["estuaries.RData"]).items()}
    same = stored["nets1"] != 10
    first = same.argmax(axis=1)
    places = {
        f"estuary{number:02}": np.flatnonzero(first == start)
        for number, start in enumerate(np.unique(first), 1)
    }
    return {
        place: {wave: _estuary(stored, members, place, wave) for wave in (1, 2)}
        for place, members in places.items()
    }


def _estuary(
    stored: dict[str, np.ndarray], members: np.ndarray, place: str, wave: int
) -> OrgNetwork:
    cells = stored[f"nets{wave}"][np.ix_(members, members)].astype(float)
    selves = int(np.nansum(np.diag(cells)))
    silent = np.isnan(cells).all(axis=1)
    actors = pd.DataFrame(
        {
            "governmental": stored["govact"][members, 0],
            "prodev": stored["prodev"][members, 0],
            "trust": stored["trust"][members, wave - 1],
            "responded": ~silent,
        },
        index=[f"E{position + 1:03}" for position in members],
    )
    net = OrgNetwork.from_matrix(cells, actors, name=f"{place} wave {wave}")
    notes = (f"{selves} ties of an actor with itself set aside",) if selves else ()
    return OrgNetwork(net.actors, net.ties, name=net.name, notes=notes)


def fetch_lhds_us(*, base_url: str | None = None) -> OrgNetwork:
    """Return the communication between leaders of 1,283 US local health departments, 2010.

    Large enough to see whether an analysis scales.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    OrgNetwork
        Undirected, 2,708 ties of weight 1. ``actors``: ``state``, ``popmil`` (population served,
        millions), ``years`` (leader in office: 0 1-2, 1 3-5, 2 6-10, 3 11 years or more), ``hivscreen``
        and ``nutrition`` (Y/N, programme offered).

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    Source: Harris (2013), NACCHO 2010 profile; R package UserNetR (GPL-2). Checked against recorded R
    values: density .00329, 58 isolates, 80 components.
    """
    local = raw_files("lhds_us", base_url=base_url)
    actors, ties = network_tables(read_r(local["lhds.rda"])["lhds"])
    return OrgNetwork(actors, ties, directed=False, name="US local health departments 2010")


def fetch_chemnet_de(*, base_url: str | None = None) -> TwoLevels:
    """Return German toxic-chemicals policy 1983/84: information, influence and committees.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    TwoLevels
        ``network``: 30 organizations, directed, relations ``pol`` (political information, 342 ties),
        ``scito`` and ``scifrom`` (technical information sent to, received from: 189, 185) and ``infrep``
        (influence reputation, 283). ``actors``: ``type`` (gov, ig, io, par, sci) and the position on six
        issues (-1 reject, 0 neutral, 1 support). ``memberships``: organizations by 20 committees, 180.

    Raises
    ------
    DataError
        Where the file cannot be downloaded or is not the expected one.

    Notes
    -----
    Everybody answered. Confirmed technical information is ``scito`` where the other side says so in
    ``scifrom``. Ones on the diagonal (1 in scifrom, 13 in infrep) are left out. Source: Leifeld and
    Schneider (2012); R package xergm.common (GPL-2 or later). Checked against recorded R values.
    """
    local = raw_files("chemnet_de", base_url=base_url)
    stored = read_r(local["chemnet.rda"])
    positions = stored["intpos"].to_pandas()
    actors = stored["types"].astype({"type": str}).join(positions.rename(columns=str.lower))
    parts = [
        OrgNetwork.from_matrix(stored[kind].to_pandas(), list(actors.index), relation=kind).ties
        for kind in ("pol", "scito", "scifrom", "infrep")
    ]
    network = OrgNetwork(
        actors, pd.concat(parts).astype({"relation": str}), name="German chemicals policy"
    )
    committees = stored["committee"].to_pandas().rename_axis(index=None, columns=None)
    plain = TwoModeNetwork.from_matrix(committees)
    memberships = TwoModeNetwork(
        network.actors, plain.events, plain.ties, "German chemicals policy committees"
    )
    return TwoLevels(network, memberships)
