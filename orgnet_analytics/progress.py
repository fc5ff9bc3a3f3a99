"""One progress bar for everything that may take long: it shows after two seconds, and leaves no trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

Step = TypeVar("Step")
SECONDS = 2.0
_AT_WORK: list[Callable[[int], object]] = []


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
        done = 0
        for step in _telling(steps, bar.update):
            yield step
            done += size(step)
            bar.update(done - bar.n)


def _telling(steps: Iterable[Step], update: Callable[[int], object]) -> Iterator[Step]:
    """Yield the steps; while each is made, `advance` moves the bar."""
    steps = iter(steps)
    while True:
        _AT_WORK.append(update)
        try:
            step = next(steps)
        except StopIteration:
            return
        finally:
            _AT_WORK.pop()
        yield step


def advance(count: int = 1) -> None:
    """Say, in the midst of a long step, that a part of it is done; without a bar it says it to nobody.

    Examples
    --------
    >>> advance()
    """
    if _AT_WORK:
        _AT_WORK[-1](count)
