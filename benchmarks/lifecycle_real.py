"""Write docs/lifecycle_real.md: what the life cycle reading says of the real panels that can be fetched.

Run ``python benchmarks/lifecycle_real.py`` from the root; it downloads what is not here yet.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from orgnet_analytics import OrgNetwork, TwoModeNetwork, datasets
from orgnet_analytics.readings import lifecycle

PAGE = Path(__file__).parents[1] / "docs" / "lifecycle_real.md"
YEARS = (2015, 2017, 2019, 2021)


def rows(name: str, waves: Mapping[Any, OrgNetwork]) -> pd.DataFrame:
    reading = lifecycle.classify(waves)
    table = pd.DataFrame(
        {
            "network": name,
            "members": [len(net) for net in waves.values()],
            "response": reading.response,
            "observed": reading.observed,
            "stage": reading.stages,
            "nearest": reading.likeliest,
            "margin": reading.margins,
        }
    )
    return table.rename_axis("wave").reset_index()


def by_year(projects: TwoModeNetwork) -> dict[int, OrgNetwork]:
    """Return, per year, who shares a running project with whom."""
    events = projects.events[["start_year", "end_year"]].astype(int)
    made = {}
    for year in YEARS:
        running = events.index[(events["start_year"] <= year) & (events["end_year"] >= year)]
        ties = projects.ties[projects.ties["event"].isin(running)]
        made[year] = TwoModeNetwork.from_ties(ties[["actor", "event"]]).project("actors")
    return made


def page() -> str:
    warnings.simplefilter("ignore")
    finland = {
        year: net.relation("collaboration") for year, net in datasets.fetch_finclimate().items()
    }
    parts = [rows("finclimate", finland)]
    parts += [rows(name, waves) for name, waves in datasets.fetch_estuaries_us().items()]
    parts.append(rows("h2020_transport", by_year(datasets.fetch_h2020_transport())))
    table = pd.concat(parts)[
        ["network", "wave", "members", "response", "observed", "stage", "nearest", "margin"]
    ]
    lines = [list(table.columns), ["---"] * table.shape[1]]
    lines += [
        [f"{v:.2f}" if isinstance(v, float) else str(v) for v in row] for row in table.to_numpy()
    ]
    return TEXT.format(table="\n".join(f"| {' | '.join(line)} |" for line in lines))


TEXT = """# The life cycle reading on real panels

What `lifecycle.classify` says of the panels that `datasets` can fetch. Nobody coded their stages, so this is
no test. None comes with facts on goals, rules, resources or legitimacy of the network: the readings rest on
ties alone, and mostly say that this is too thin. "Nearest" is the stage that would be named if nothing were
withheld.

Made by `benchmarks/lifecycle_real.py`.

{table}

What it says:

- *finclimate*: collaboration among Finnish climate-policy organizations. The first wave is too thin; in the
  second it reads collectivity, .22 ahead of the next stage, on just half of the weight. Who is thought
  influential was asked too; that is a reputation and no second strand of working together, so it is not
  counted as multiplexity. It is a policy field, not a network with a goal of its own: this is what the ties
  look like, no more.
- *estuaries_us*: ten small policy networks. One wave is never enough. In the second, which just reaches the
  half of the weight that is asked, two read collectivity and one institutionalization, and seven are too
  close to call or too few answered (below .5). Nearest in most first waves is activation, because few ties
  are returned; whether these networks were young, the ties do not tell. Trust among the members was asked,
  but on a scale that does not say what is high, so it is not read.
- *h2020_transport*: organizations that share a running project, projected from projects. All partners of a
  project count as tied, so transitivity and turnover are those of projects, and networks of this size have
  no core read. Undetermined in every year, and rightly so.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
