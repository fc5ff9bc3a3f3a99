"""What an organization can reach through others: positions and resources, as a survey asks for them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue


def position_generator(access: pd.DataFrame, prestige: pd.Series) -> pd.DataFrame:
    """Which positions in the field an organization knows somebody in, and how high they reach.

    Formula: over the positions with access, ``extensity`` is their number, ``upper_reachability`` the highest
    prestige, ``range`` the highest minus the lowest, ``mean`` and ``total`` those of their prestige.

    Parameters
    ----------
    access : pandas.DataFrame
        One row per actor, one column per position: true, 1 or a number of contacts where there is access, 0
        where there is none, NaN where the question was not answered.
    prestige : pandas.Series
        The prestige of each position, for an organization its authority or resources; index = the columns.

    Returns
    -------
    pandas.DataFrame
        One row per actor, the columns above. High extensity: contacts in many corners. High upper
        reachability: a way to the top. NaN, but for extensity and total, without any access; NaN throughout
        where nothing was answered. With some answers missing the numbers are of the access that is known.

    Raises
    ------
    DataError
        Listing every position without a prestige.

    Notes
    -----
    Source: Lin's position generator, as in van der Gaag's overview of its measures. Checked by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> access = pd.DataFrame({"ministry": [1, 0], "school": [1, 1]}, index=["a", "b"])
    >>> scores = position_generator(access, prestige=pd.Series({"ministry": 80, "school": 50}))
    >>> scores["range"].to_dict(), scores["extensity"].to_dict()
    ({'a': 30.0, 'b': 0.0}, {'a': 2.0, 'b': 1.0})
    """
    rank = prestige.reindex(access.columns)
    missing = rank.index[rank.isna()]
    if len(missing):
        raise DataError(
            [Issue("prestige", "no prestige for the position", value=p) for p in missing]
        )
    reached = _has(access) * np.asarray(rank, dtype=float)
    table = pd.DataFrame(np.where(_has(access), reached, np.nan), index=access.index)
    found = pd.DataFrame(
        {
            "extensity": table.notna().sum(axis=1).astype(float),
            "upper_reachability": table.max(axis=1),
            "range": table.max(axis=1) - table.min(axis=1),
            "mean": table.mean(axis=1),
            "total": table.sum(axis=1),
        }
    )
    return found.where(_answered(access))


def resource_generator(access: pd.DataFrame) -> pd.DataFrame:
    """How many of a list of resources an organization can get at through others.

    Formula: ``volume`` is the number of resources with access, ``share`` that number over those answered.

    Parameters
    ----------
    access : pandas.DataFrame
        One row per actor, one column per resource: true, 1 or a number where there is access, 0 where there
        is none, NaN where the question was not answered.

    Returns
    -------
    pandas.DataFrame
        One row per actor; columns ``volume`` (from 0) and ``share`` (0 to 1). High: much within reach without
        owning it. NaN where nothing was answered.

    Notes
    -----
    Source: van der Gaag & Snijders (2005). Checked by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> access = pd.DataFrame({"meeting room": [1, 0], "lawyer": [1, 1]}, index=["a", "b"])
    >>> resource_generator(access)["volume"].to_dict()
    {'a': 2.0, 'b': 1.0}
    """
    volume = pd.Series(_has(access).sum(axis=1), index=access.index, dtype=float)
    found = pd.DataFrame({"volume": volume, "share": volume / access.notna().sum(axis=1)})
    return found.where(_answered(access))


def _answered(access: pd.DataFrame) -> pd.Series:
    """Return whether each actor answered anything; asked nothing, it told all there is."""
    return access.notna().any(axis=1) | (access.shape[1] == 0)


def _has(access: pd.DataFrame) -> np.ndarray:
    numbers = access.apply(pd.to_numeric, errors="coerce")
    wrong = access.notna() & numbers.isna()
    if wrong.to_numpy().any():
        rows, columns = np.nonzero(wrong.to_numpy())
        raise DataError(
            [
                Issue("access", "wanted yes or no, or a number", row=access.index[r],
                      column=str(access.columns[c]), value=access.iat[r, c])
                for r, c in zip(rows, columns, strict=True)
            ]
        )  # fmt: skip
    return np.asarray(numbers.fillna(0).to_numpy(dtype=float) > 0)
