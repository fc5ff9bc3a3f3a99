"""Notebook checks compare text and tables; a figure's coordinates are compared by its own tests."""

import os
import tempfile
from pathlib import Path

import nbval.plugin

SKIPPED = ("application/vnd.plotly.v1+json", "application/vnd.jupyter.widget-view+json")
DOWNLOADS = [
    "01_from_survey_to_network.ipynb",
    "03_which_conditions_are_necessary.ipynb",
    "05_structure.ipynb",
    "06_how_is_it_governed.ipynb",
    "07_how_does_it_work_towards_results.ipynb",
    "08_relations_social_capital_brokerage.ipynb",
    "11_will_the_results_last.ipynb",
    "12_how_does_it_evolve.ipynb",
]
RAW = Path(__file__).parents[2] / "shared" / "data"


def _skip_figures(make):
    def init(self, *args, **kwargs):
        make(self, *args, **kwargs)
        self.skip_compare = (*self.skip_compare, *SKIPPED)

    return init


nbval.plugin.IPyNbFile.__init__ = _skip_figures(nbval.plugin.IPyNbFile.__init__)

# A progress bar shows on a slow machine only: it is no output to compare.
os.environ["TQDM_DISABLE"] = "1"

# Notebooks on downloaded data run where their raw files lie beside the checkout; no test uses the network.
if RAW.exists():
    folder = Path(tempfile.mkdtemp(prefix="orgnet-data-"))
    for data_set in RAW.iterdir():
        if (data_set / "raw").exists():
            (folder / data_set.name).symlink_to((data_set / "raw").resolve())
    os.environ["ORGNET_DATA_DIR"] = str(folder)
else:
    collect_ignore = DOWNLOADS
