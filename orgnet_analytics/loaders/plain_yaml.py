"""YAML as codebooks are written in: what looks like text stays text."""

from __future__ import annotations

import re
from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """YAML in which 00123, yes and a date are text, no key may stand twice, and nothing is repeated.

    Repeats (anchors) can unfold to more than memory holds.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, shape)
            for tag, shape in resolvers
            if tag.rpartition(":")[2] not in ("bool", "timestamp", "int")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next part; a repeat is an error."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="a repeat (*)", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a table; a key that stands twice is an error."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                mark = node.value[at][0].start_mark
                problem = f"the key {key!r} stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        return super().construct_mapping(node, deep)


for _tag, _shape, _first in (
    ("bool", r"(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$", "tTfF"),
    ("int", r"-?(?:0|[1-9][0-9]*)$", "-0123456789"),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_shape), list(_first))
