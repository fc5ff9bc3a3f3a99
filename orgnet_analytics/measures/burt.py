"""Burt's structural holes, from one listing of triangles.

Every quantity is a sum over an actor's partners and over the triangles they close, so one pass over
the half-edges (an actor looking at a partner) and one over the triangles gives all
four measures at every size.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.kept import once
from orgnet_analytics.network import OrgNetwork

Model = Literal["whole", "ego"]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Looks(NamedTuple):
    """Every actor looking at every partner: who looks, at whom, and the strength between them."""

    ego: IntArray
    alter: IntArray
    strength: FloatArray


class Wedges(NamedTuple):
    """Every actor looking at two partners who know each other, as rows of `Looks`.

    ``one`` and ``other`` are ego's looks at the two partners, ``between`` the strength between those.
    """

    one: IntArray
    other: IntArray
    between: FloatArray


@once
def looks(net: OrgNetwork) -> Looks:
    """Return both directions of every dyad; strength is the sum of the ties both ways."""
    first, second, forth, back = net.dyads
    both = forth + back
    return Looks(
        np.concatenate([first, second]),
        np.concatenate([second, first]),
        np.concatenate([both, both]),
    )


def wedges(net: OrgNetwork) -> Wedges:
    """Return each triangle three times, once from every corner."""
    ab, ac, bc = net.triangle_sides.T
    m = len(net.dyads.first)
    strength = net.dyads.forth + net.dyads.back
    return Wedges(
        np.concatenate([ab, ab + m, ac + m]),
        np.concatenate([ac, bc, bc + m]),
        strength[np.concatenate([bc, ac, ab])],
    )


@once
def partners(net: OrgNetwork) -> FloatArray:
    """Return how many others each actor is tied to, in either direction."""
    return np.bincount(looks(net).ego, minlength=len(net)).astype(float)


@once
def dyadic_constraint(net: OrgNetwork, model: Model) -> tuple[Looks, FloatArray]:
    """Return each look and how much its partner constrains ego: (p_ij + sum_q p_iq p_qj)^2."""
    seen, triads = looks(net), wedges(net)
    total = np.bincount(seen.ego, seen.strength, minlength=len(net)).astype(float)
    reach = _alter_total(net, seen, triads, total, model)
    s, via = seen.strength, np.zeros(len(seen.ego))
    for look, by in ((triads.one, triads.other), (triads.other, triads.one)):
        via += np.bincount(look, s[by] * triads.between / reach[by], minlength=len(via))
    return seen, ((s + via) / total[seen.ego]) ** 2


@once
def redundancy(net: OrgNetwork, model: Model) -> FloatArray:
    """Return per actor the sum over partners j and q of p_iq m_jq."""
    seen, triads = looks(net), wedges(net)
    total = np.bincount(seen.ego, seen.strength, minlength=len(net))
    strongest = _alter_strongest(net, seen, triads, model)
    s = seen.strength
    shared = s[triads.other] / strongest[triads.one] + s[triads.one] / strongest[triads.other]
    summed = np.bincount(seen.ego[triads.one], triads.between * shared, minlength=len(net))
    with np.errstate(invalid="ignore"):
        redundant: FloatArray = summed / total
    return redundant


def _alter_total(
    net: OrgNetwork, seen: Looks, triads: Wedges, total: FloatArray, model: Model
) -> FloatArray:
    """Return per look the partner's total strength: everywhere, or within ego's own network."""
    if model == "whole":
        return total[seen.alter]
    if model != "ego":
        raise UndefinedError(f"There is no model {model!r}; there are 'whole' and 'ego'.")
    within = seen.strength.copy()
    for look in (triads.one, triads.other):
        within += np.bincount(look, triads.between, minlength=len(within))
    return within


def _alter_strongest(net: OrgNetwork, seen: Looks, triads: Wedges, model: Model) -> FloatArray:
    """Return per look the partner's strongest tie: anywhere, or within ego's own network."""
    if model == "whole":
        strongest = np.zeros(len(net))
        np.maximum.at(strongest, seen.ego, seen.strength)
        return strongest[seen.alter]
    if model != "ego":
        raise UndefinedError(f"There is no model {model!r}; there are 'whole' and 'ego'.")
    within = seen.strength.copy()
    for look in (triads.one, triads.other):
        np.maximum.at(within, look, triads.between)
    return within
