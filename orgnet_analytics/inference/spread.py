"""One way to spread work: in this process, over several, or over the machines of a dask client."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from orgnet_analytics.errors import DataError, UndefinedError, not_whole

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def spread(
    task: Callable[[Item], Answer], items: Sequence[Item], *, workers: int = 1, client: Any = None
) -> Iterator[Answer]:
    """Yield ``task`` of each item, in order, whoever does the work."""
    wrong = not_whole(workers, "workers")
    if wrong:
        raise DataError(wrong)
    if client is not None:
        yield from client.gather(client.map(task, items, pure=False))
    elif workers == 1 or len(items) == 1:
        yield from map(task, items)
    else:
        _must_travel(task)
        with ProcessPoolExecutor(min(workers, len(items))) as pool:
            yield from pool.map(task, items)


def _must_travel(task: Callable[[Item], Answer]) -> None:
    try:
        pickle.dumps(task)
    except (pickle.PicklingError, AttributeError, TypeError):
        raise UndefinedError(
            "This function cannot be sent to other processes: define it with def in a module "
            "(or use functools.partial in place of lambda), or leave workers=1."
        ) from None
