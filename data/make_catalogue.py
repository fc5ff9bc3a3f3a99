"""Writes docs/data.md, the catalogue of data sets, from the registry of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orgnet_analytics.datasets.listing import list_datasets, registry

PAGE = Path(__file__).parents[1] / "docs" / "data.md"

HEAD = """\
# Data

<!-- Written by data/make_catalogue.py from orgnet_analytics/datasets/registry.yaml. -->

`datasets.list_datasets()` gives this list as a table. Shipped sets come with the library:
`datasets.load_knoke()` and the three cases, `datasets.load_chronic_care()`,
`datasets.load_prisoner_reintegration()` and `datasets.load_ev_adoption()`. The cases are invented; each
names a real data set beside it. The others are downloaded on demand, each by its own function:
`datasets.fetch_finclimate()`.

"""

FETCH = """
## How a download works

Downloading needs two more packages: `pip install pooch rdata`. Each file is pinned: one commit of one public
repository, and a sha256 that is checked before the file is used. It is kept in the cache folder of your
system, or in the folder the environment variable `ORGNET_DATA_DIR` names, so the second call asks nobody. A
download that broke off goes on where it stopped.

Behind a wall, or without a connection: the error names each file, its address and where to put it by hand. A
file put there is checked and used like a downloaded one. A mirror with the layout
`owner/repository/commit/path` is used with `fetch_...(base_url="https://...")` or the environment variable
`ORGNET_DATA_URL`.

The library carries none of these files. Their licences are those of their owners, given below; cite the
source when you use one.
"""


def page() -> str:
    """Return the whole page."""
    table = list_datasets()
    lines = ["| name | what | size | real? | comes |", "|---|---|---|---|---|"]
    lines += [
        f"| `{name}` | {row['what']} | {row['size']} | {_real(row['kind'])} | {row['comes']} |"
        for name, row in table.iterrows()
    ]
    downloaded = table.index[table["comes"] == "downloaded"]
    sections = [_section(name, registry()[name]) for name in downloaded]
    return HEAD + "\n".join(lines) + "\n" + FETCH + "".join(sections)


def _real(kind: str) -> str:
    return "**no, synthetic**" if kind == "synthetic" else "yes"


def _section(name: str, entry: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"\n## {name}\n",
            f"{entry['what']}. {entry['size']}.\n",
            f"- Function: `datasets.fetch_{name}()`",
            f"- Source: {entry['source']}",
            f"- Licence: {entry['licence']}; given by {entry['licensed_by']}",
            f"- Files: `{entry['repository']}` at `{entry['commit']}`: "
            + ", ".join(f"`{path}`" for path in entry["files"]),
            "\n| column or part | meaning |\n|---|---|",
            *(f"| {key} | {meaning} |" for key, meaning in entry["codebook"].items()),
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
