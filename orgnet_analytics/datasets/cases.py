"""The invented cases: chronic care, prisoner reintegration, adoption of electric vehicles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from orgnet_analytics.datasets.shipped import Case, case_folder, case_parts, read_table
from orgnet_analytics.twomode import TwoModeNetwork

ATTRIBUTES = {"naam": "label", "sector": "sector", "type organisatie": "type", "macht": "rank",
              "gemeente": "municipality", "waarom": "why"}  # fmt: skip


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
