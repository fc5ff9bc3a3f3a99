"""The notebooks as pages: stored figures become drawings that need no kernel and no network."""

import json
from pathlib import Path

import nbformat
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PAGES = Path(__file__).parent / "notebooks"
SCRIPT = "plotly.min.js"
FIGURE = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


def drawn(book):
    """Return the notebook with each figure as HTML that the script on the page draws.

    A widget needs a kernel; where its output has a form that does not, that is shown.
    """
    for cell in book.cells:
        for output in cell.get("outputs", []):
            if FIGURE in output.get("data", {}):
                figure = json.loads(json.dumps(output["data"][FIGURE]))
                fig = go.Figure(data=figure["data"], layout=figure["layout"])
                shown = fig.to_html(include_plotlyjs=False, full_html=False)
                output["data"] = nbformat.from_dict({"text/html": shown})
            elif "text/html" in output.get("data", {}):
                output["data"].pop(WIDGET, None)
    return book


def write_pages(app):
    PAGES.mkdir(exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        page = nbformat.writes(drawn(nbformat.read(path, as_version=4)))
        kept = PAGES / path.name
        if not kept.exists() or kept.read_text(encoding="utf-8") != page:
            kept.write_text(page, encoding="utf-8")


def add_script(app, pagename, templatename, context, doctree):
    """Load plotly on the pages of notebooks only: it weighs five megabytes."""
    if pagename.startswith("notebooks/"):
        app.add_js_file(SCRIPT)


def write_script(app):
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / SCRIPT).write_text(get_plotlyjs(), encoding="utf-8")
    return []


def setup(app):
    app.connect("builder-inited", write_pages)
    app.connect("html-page-context", add_script)
    app.connect("html-collect-pages", write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
