"""One progress bar for everything that may take long: it shows after two seconds, and leaves no trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

Step = TypeVar("Step")
SECONDS = 2.0


def watched(
    steps: Iterable[Step],
    what: str,
    *,
    total: int | None = None,
    size: Callable[[Step], int] = lambda _: 1,
) -> Iterator[Step]:
    """Yield the steps and show how far they are, where that takes longer than two seconds.

    The variable TQDM_DISABLE of the environment switches the bar off (tqdm itself forgets it in notebooks).

    Examples
    --------
    >>> list(watched([1, 2], "counting"))
    [1, 2]
    """
    if os.environ.get("TQDM_DISABLE"):
        yield from steps
        return
    from tqdm.auto import tqdm

    total = len(steps) if total is None and isinstance(steps, Sized) else total
    with tqdm(total=total, desc=what, delay=SECONDS, leave=False) as bar:
        for step in steps:
            yield step
            bar.update(size(step))
