"""The smallest sets of organizations that cover what is needed, exactly, and what each one more would add."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Set = tuple[int, ...]


def smallest_sets(holds: Bools, base: Bools, most: int) -> tuple[list[Set], bool]:
    """Return every smallest set of rows that completes ``base``, and whether there are more than ``most``.

    Set covering by integer programming (HiGHS), solved again with each answer forbidden until a larger one
    comes out.
    """
    needed = holds.any(axis=0) & ~holds[base].any(axis=0)
    if not needed.any():
        return [()], False
    useful = np.flatnonzero(holds[:, needed].any(axis=1) & ~base)
    covers = holds[np.ix_(useful, needed)].T.astype(float)
    found: list[Set] = []
    while len(found) <= most:
        answer = _cover(covers, found)
        if answer is None or (found and len(answer) > len(found[0])):
            break
        found.append(answer)
    return [tuple(useful[list(one)]) for one in sorted(found[:most])], len(found) > most


def fewest(holds: Bools, maybe: Bools, base: Bools) -> int:
    """Return how many rows would do if every cell that is ``maybe`` held were so."""
    needed = holds.any(axis=0) & ~(holds | maybe)[base].any(axis=0)
    if not needed.any():
        return 0
    answer = _cover((holds | maybe)[~base][:, needed].T.astype(float), [])
    return len(answer or ())


def _cover(covers: NDArray[np.float64], forbidden: list[Set]) -> Set | None:
    """Return a smallest set of columns that covers all rows and contains none of the forbidden sets."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = covers.shape[1]
    rules = [LinearConstraint(covers, lb=1)]
    if forbidden:
        used = np.zeros((len(forbidden), n))
        for row, one in enumerate(forbidden):
            used[row, list(one)] = 1
        rules.append(LinearConstraint(used, ub=used.sum(axis=1) - 1))
    result = milp(np.ones(n), constraints=rules, integrality=np.ones(n), bounds=Bounds(0, 1))
    return tuple(int(i) for i in np.flatnonzero(result.x > 0.5)) if result.success else None


def marginal(names: pd.Index, holds: Bools, maybe: Bools, base: Bools) -> pd.DataFrame:
    """Return the organizations one by one, each time the one that adds most.

    Of those that add as much, the one that backs up most (holds what so far one other does), then the first.
    """
    held, size = holds[base].sum(axis=0), int(base.sum())
    left, rows = list(np.flatnonzero(~base)), []
    sole = (holds & (holds.sum(axis=0) == 1)).sum(axis=1)
    while left:
        adds = holds[left][:, held == 0].sum(axis=1)
        backs_up = holds[left][:, held == 1].sum(axis=1)
        place = int(np.lexsort((-backs_up, -adds))[0])
        actor = left.pop(place)
        may_add = int((maybe[actor] & (held == 0)).sum())
        held = held + holds[actor]
        told = (names[actor], int(adds[place]), may_add, int(backs_up[place]))
        rows.append((*told, (held > 0).mean(), int(sole[actor]), size))
        size += 1
    columns = ["actor", "adds", "may_add", "backs_up", "covered", "sole", "dyads"]
    return pd.DataFrame(rows, columns=columns).set_index("actor")
