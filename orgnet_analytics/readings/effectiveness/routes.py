"""The shortest way of a client through referrals, past a holder of each need in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

State = tuple[str, int]


def route(
    follow: Mapping[str, Sequence[str]], entry: str, stops: Sequence[Collection[str]]
) -> list[list[str]]:
    """Return, for each need in turn, the organizations passed up to the one that serves it.

    ``follow`` says where each organization refers to; ``stops`` who serves each need. The way has the fewest
    referrals in all; being served where the client is takes none. Where the client cannot get past all, the
    longest part that can be gone is returned: as many ways as needs that are served.

    Examples
    --------
    >>> follow = {"gp": ["nurse", "bank"], "nurse": ["bank"]}
    >>> route(follow, "gp", [{"nurse"}, {"bank"}, {"gp"}])
    [['gp', 'nurse'], ['nurse', 'bank']]
    """
    before: dict[State, State | None] = {}
    queue: deque[tuple[State, State | None]] = deque([((entry, 0), None)])
    furthest: State = (entry, 0)
    while queue:
        state, came = queue.popleft()
        if state in before:
            continue
        before[state] = came
        actor, served = state
        if served > furthest[1]:
            furthest = state
        if served == len(stops):
            break
        if actor in stops[served]:
            queue.appendleft(((actor, served + 1), state))
        queue.extend(((other, served), state) for other in follow.get(actor, ()))
    return _ways(before, furthest)


def _ways(before: Mapping[State, State | None], last: State) -> list[list[str]]:
    """Return the way back from ``last``, cut where a need was served."""
    ways: list[list[str]] = [[] for _ in range(last[1])]
    state = before[last] if last[1] else None
    while state is not None:
        actor, served = state
        ways[served].insert(0, actor)
        state = before[state]
    return ways
