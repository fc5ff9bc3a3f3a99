"""One question to many networks: a table with a row each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from numbers import Number
from typing import Any

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, OrgNetError
from orgnet_analytics.inference.spread import spread
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.progress import watched
from orgnet_analytics.response.limits import measure_name

AT_ONCE = 20
Question = Callable[[Any], Any]


def compare(
    question: Question,
    networks: Mapping[Hashable, Any],
    *,
    workers: int = 1,
    client: Any = None,
) -> pd.DataFrame:
    """Ask the same of many networks: a reading or a measure of each, in one table.

    Parameters
    ----------
    question : callable
        Takes one of the networks: a reading such as ``governance.detect``, a measure of a whole network such
        as ``cohesion.net_density``, or either with ``functools.partial(structure.read, by="sector")``.
    networks : dict
        The networks, or whatever the question takes (waves of each network, say), by name.
    workers : int
        How many processes share the work. The answer is the same whatever their number.
    client : dask.distributed.Client, optional
        Spreads the work over the machines of a cluster instead.

    Returns
    -------
    pandas.DataFrame
        One row per network (index ``network``), in their order. For a reading: ``verdict`` and the value of
        each indicator. For a measure: its value. Where the question has no answer for a network, the row is
        empty and the column ``problem`` says why.

    Raises
    ------
    DataError
        Where there are no networks, or the answer is neither a reading nor a number nor a table of one row.

    Notes
    -----
    One row per network can be calibrated into conditions: see `configurations.calibrate`.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> from orgnet_analytics.measures.cohesion import net_density
    >>> knoke = datasets.load_knoke()
    >>> parts = {kind: knoke.relation(kind) for kind in knoke.relations}
    >>> compare(net_density, parts)["net_density"].round(3).to_dict()
    {'information': 0.544, 'money': 0.244}
    """
    if not isinstance(networks, Mapping) or not networks:
        raise DataError(
            Issue("networks", "wanted a dict of at least one", value=type(networks).__name__)
        )
    if not callable(question):
        raise DataError(Issue("question", "wanted a function", value=str(question)))
    asked = list(networks.values())
    parts = [asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE)]
    answers = spread(functools.partial(_rows, question), parts, workers=workers, client=client)
    rows = [
        row for part in watched(answers, "networks", total=len(asked), size=len) for row in part
    ]
    table = pd.DataFrame(rows, index=pd.Index(list(networks), name="network"))
    return table.infer_objects()


def _rows(question: Question, networks: Sequence[Any]) -> list[dict[str, Any]]:
    return [_row(question, one) for one in networks]


def _row(question: Question, network: Any) -> dict[str, Any]:
    try:
        answer = question(network)
    except OrgNetError as error:
        return {"problem": str(error)}
    if hasattr(answer, "row"):
        return {str(key): value for key, value in answer.row().items()}
    if isinstance(answer, pd.Series) and not answer.index.equals(_actors(network)):
        return {str(key): value for key, value in answer.items()}
    if isinstance(answer, Number):
        return {measure_name(question): answer}
    raise DataError(
        Issue("question", "wanted a reading or a number per network", value=type(answer).__name__)
    )


def _actors(network: Any) -> pd.Index:
    return network.actors.index if isinstance(network, OrgNetwork) else pd.Index([])
