"""The explorer in a real JupyterLab: a dropdown changes the figure, a click the table, nothing goes out."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlparse

import nbformat
import pytest

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SECONDS = 60
PATHS = (
    "[...document.querySelectorAll('.js-plotly-plot path.js-line')]"
    ".map(path => path.getAttribute('d')).join()"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def lab(tmp_path):
    pytest.importorskip("anywidget", reason="the explorer needs anywidget")
    pytest.importorskip("jupyterlab", reason="no JupyterLab here")
    cell = (
        "from orgnet_analytics import datasets, explore\nexplore.brokerage(datasets.load_knoke())"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, tmp_path / "explorer.ipynb")
    port = _free_port()
    home = {f"JUPYTER_{k}_DIR": str(tmp_path / k.lower()) for k in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1",
               f"--ServerApp.root_dir={tmp_path}", "--LabApp.news_url=",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]  # fmt: skip
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | home)
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + SECONDS
            while not _answers(f"{address}/api/status") and time.monotonic() < until:
                assert server.poll() is None, (tmp_path / "server.log").read_text()
                time.sleep(0.3)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(5)


@pytest.fixture
def page():
    sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright here")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        one = browser.new_page(viewport={"width": 1300, "height": 1250})
        one.set_default_timeout(SECONDS * 1000)
        yield one
        browser.close()


def _marker(page, index: int) -> tuple[float, float]:
    box = page.locator(".js-plotly-plot .points path.point").nth(index).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_explorer_in_jupyterlab(lab, page, tmp_path):
    asked, broken = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{lab}/lab/tree/explorer.ipynb")
    page.get_by_text("| Idle").wait_for()  # a cell run before its kernel is there shows nothing
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    page.locator(".js-plotly-plot .points path.point").first.wait_for()
    page.locator("text=Click an organization").wait_for()
    shots = Path(os.environ.get("ORGNET_SHOTS", tmp_path))
    page.screenshot(path=str(shots / "explorer_1.png"))

    def paths() -> str:
        return str(page.evaluate(PATHS))

    before = paths()
    page.locator(".jp-OutputArea-output select").first.select_option("money")
    page.wait_for_function(
        f"before => {PATHS} !== before",
        arg=before,
    )
    table = page.locator(".jp-OutputArea-output .widget-html").last
    told = table.inner_text()
    page.mouse.move(*_marker(page, -1 if page.locator("path.point").count() < 12 else -5))
    page.wait_for_timeout(300)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("told => !document.body.innerText.includes(told)", arg=told)
    chosen = (
        page.locator(".jp-OutputArea-output select")
        .nth(3)
        .evaluate("one => one.selectedOptions[0].innerText")
    )
    assert table.inner_text().startswith(f"{chosen} ")
    first = table.inner_text()
    page.locator(".jp-OutputArea-output select").nth(3).select_option("MAYR")
    page.wait_for_function("told => !document.body.innerText.includes(told)", arg=first)
    assert table.inner_text().startswith("MAYR stands between")
    page.screenshot(path=str(shots / "explorer_2.png"))
    outside = {urlparse(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert outside == {"127.0.0.1"}
    assert broken == []
