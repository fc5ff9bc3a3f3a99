"""A quiz question: options to click, and a reason for each."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.learn.exercises import chosen, exercise_of


@dataclass(frozen=True)
class Quiz:
    """A question with four options. In a notebook it can be clicked; anywhere else it can be read."""

    name: str
    question: str
    options: dict[str, dict[str, Any]]

    def widget(self) -> widgets.VBox:
        """Return the question as radio buttons; a choice shows the reason that belongs to it."""
        asked = widgets.HTML(f"<p><b>{html.escape(self.question)}</b></p>")
        labels = [(f"{letter}. {one['text']}", letter) for letter, one in self.options.items()]
        choice = widgets.RadioButtons(options=labels, value=None, layout={"width": "max-content"})
        said = widgets.HTML()

        def tell(change: dict[str, Any]) -> None:
            verdict = chosen(self.options, change["new"])
            said.value = f"<p>{'✔' if verdict.right else '✘'} {html.escape(verdict.why)}</p>"

        choice.observe(tell, names="value")
        return widgets.VBox([asked, choice, said])

    def __repr__(self) -> str:
        lines = [f"  {letter}. {one['text']}" for letter, one in self.options.items()]
        return "\n".join([self.question, *lines, f'  learn.check("{self.name}", "...")'])

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        items = "".join(f"<li>{html.escape(one['text'])}</li>" for one in self.options.values())
        still = f'<p><b>{html.escape(self.question)}</b></p><ol type="a">{items}</ol>'
        live: Any = self.widget()._repr_mimebundle_()
        return {**live, "text/html": still, "text/plain": repr(self)}, {}


def quiz(name: str) -> Quiz:
    """Return a quiz question to show.

    Examples
    --------
    >>> print(quiz("20-q1").question)
    What does a broker in this notebook do?
    """
    content = exercise_of(name)
    if "options" not in content:
        raise UndefinedError(f"{name} is an exercise: see learn.hint({name!r}).")
    return Quiz(name, str(content["question"]).strip(), content["options"])
