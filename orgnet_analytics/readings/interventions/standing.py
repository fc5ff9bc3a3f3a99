"""How a situation stands: the numbers that a step may move, and what each organization has to lose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.measures import centrality, cohesion, removal
from orgnet_analytics.measures.gould_fernandez import ROLES, brokered_counts
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import agreements, coverage, effectiveness, governance
from orgnet_analytics.readings.interventions.situation import Situation


@dataclass(frozen=True)
class Asked:
    """What is looked at beside the ties."""

    by: str | None = None
    at: date | str | None = None
    trust: float | None = None
    goal_consensus: float | None = None
    competencies: float | None = None

    @property
    def conditions(self) -> dict[str, Any]:
        """The conditions that the form of governance has to fit."""
        return {
            "trust": self.trust,
            "goal_consensus": self.goal_consensus,
            "competencies": self.competencies,
        }


def of_ties(net: OrgNetwork, asked: Asked) -> dict[str, float]:
    """Return what the ties show: whole numbers and shares, NaN where undefined."""
    n = len(net)
    pairs = (n - 1) * (n - 2) / 2
    held = brokered(net, asked.by)
    total = float(held["total"].sum())
    seen = {
        "members": float(n),
        "density": cohesion.net_density(net),
        "fragmentation": cohesion.net_fragmentation(net),
        "worst_loss": float(removal.losses(net)["cut_off"].max() / pairs) if n > 2 else np.nan,
        "brokered": total,
        "busiest_broker": float(held["total"].max()) / total if total else np.nan,
    }
    if asked.by is not None:
        seen["across"] = float(held["across"].sum()) / total if total else np.nan
    return seen


def brokered(net: OrgNetwork, by: str | None) -> pd.DataFrame:
    """Return how many pairs each organization brokers, and how many of them cross groups.

    Who has no known group counts as a group with the others of whom it is not known.
    """
    code = np.zeros(len(net), dtype=np.int64) if by is None else pd.factorize(net.column(by))[0] + 1
    counts = pd.DataFrame(brokered_counts(net, code), index=net.actors.index, columns=list(ROLES))
    total = counts.sum(axis=1)
    return pd.DataFrame({"total": total, "across": total - counts["coordinator"]})


def of_situation(there: Situation, asked: Asked) -> dict[str, Any]:
    """Return what the ties, the holders, the governance and the agreements show."""
    return (
        of_ties(there.net, asked)
        | _covered(there)
        | _served(there)
        | _governed(there, asked)
        | _agreed(there, asked)
    )


def _covered(there: Situation) -> dict[str, Any]:
    if there.holders is None:
        return {}
    reading = coverage.read(there.holders)
    return {
        "covered": len(reading.covered) / there.holders.shape[1],
        "single_holders": float(len(reading.single_holders)),
    }


def _served(there: Situation) -> dict[str, Any]:
    """Return the share of clients served; who would come in at an organization that left is not."""
    profiles = there.profiles
    if there.holders is None or profiles is None:
        return {}
    left = set(there.gone) - set(there.actors.index)
    enter = profiles if not left else profiles[~profiles["entry"].isin(left)]
    if not len(enter) and len(profiles):
        return {"served": 0.0}
    reading = effectiveness.pathways(there.net, enter, holders=there.holders)
    reached = reading.evidence.set_index("indicator").at["reached", "value"]
    clients = profiles.get("clients", pd.Series(1.0, profiles.index)).astype(float).fillna(1.0)
    return {"served": float(reached) * float(clients[enter.index].sum() / clients.sum())}


def _governed(there: Situation, asked: Asked) -> dict[str, Any]:
    if len(there.net) < 3:
        return {}
    form = governance.detect(there.net, nao=there.nao).form
    seen: dict[str, Any] = {"form": form}
    if form in ("shared", "lead", "nao") and any(v is not None for v in asked.conditions.values()):
        seen["form_fit"] = float(
            governance.fit(there.net, form=form, **asked.conditions).fits[form]
        )
    return seen


def _agreed(there: Situation, asked: Asked) -> dict[str, Any]:
    if there.register is None or len(there.net) < 2:
        return {}
    if there.gone and there.register.empty:
        return {"in_force": 0.0, "settled": 0.0}
    members = there.actors.index
    reading = agreements.read(there.register, members=members, outside=there.gone, at=asked.at)
    shares = reading.evidence.set_index("indicator")["value"].reindex(agreements.PROBLEMS)
    status = reading.agreements["status"]
    return {
        "in_force": float(status.isin(["in force", "expiring"]).sum()),
        "settled": float(shares.mean()),
    }


def stakes(there: Situation, asked: Asked, others: pd.Index) -> pd.DataFrame:
    """Return what each organization has: partners, how many of ``others`` it reaches, pairs it brokers."""
    net = there.net
    part = cohesion.component(net)
    counted = part[part.index.isin(others)]
    itself = part.index.isin(others).astype(float)
    return pd.DataFrame(
        {
            "partners": centrality.degree(_plain(net)),
            "reachable": part.map(counted.value_counts()).fillna(0.0) - itself,
            "brokered": brokered(net, asked.by)["total"],
        }
    )


def _plain(net: OrgNetwork) -> OrgNetwork:
    ties = net.known[["source", "target"]]
    return OrgNetwork(pd.DataFrame(index=net.actors.index), ties, False, duplicates="max")
