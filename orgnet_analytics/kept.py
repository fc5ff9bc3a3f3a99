"""What is worked out once for a network and kept with it: the network cannot change, nor can what is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import numpy as np

if TYPE_CHECKING:
    from orgnet_analytics.network import OrgNetwork

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


def fixed(answer: Answer) -> Answer:
    """Let nobody write to the arrays in an answer."""
    if isinstance(answer, np.ndarray):
        answer.setflags(write=False)
    elif isinstance(answer, tuple):
        for part in answer:
            fixed(part)
    return answer


def once(
    find: Callable[Concatenate[OrgNetwork, Asked], Answer],
) -> Callable[Concatenate[OrgNetwork, Asked], Answer]:
    """Keep what ``find`` finds with the network: several measures build on the same."""

    @wraps(find)
    def found(net: OrgNetwork, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        kept = vars(net).setdefault("_found", {})
        key = (find, args, *sorted(named.items()))
        if key not in kept:
            kept[key] = fixed(find(net, *args, **named))
        answer: Answer = kept[key]
        return answer

    return found
