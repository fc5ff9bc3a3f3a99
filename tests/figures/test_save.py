import re
import shutil
import time

import pytest

from orgnet_analytics import UndefinedError, figures
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.errors import OrgNetError
from orgnet_analytics.figures import save as saving
from orgnet_analytics.figures.saving import within

needs_browser = pytest.mark.skipif(
    not any(map(shutil.which, ("chromium", "google-chrome", "chrome", "chromium-browser"))),
    reason="no Chromium here",
)


@pytest.fixture
def drawn():
    return figures.network(load_knoke().relation("money"))


def test_html_needs_no_network(drawn, tmp_path):
    page = saving(drawn, tmp_path / "deep" / "knoke.html").read_text(encoding="utf-8")
    assert "cdn.plot.ly/plotly" not in page.split("</script>")[-2]
    assert re.findall(r"<script[^>]+src=", page) == []
    assert len(page) > 3_000_000
    slim = saving(drawn, tmp_path / "slim.html", include_js=False).read_text(encoding="utf-8")
    assert len(slim) < 200_000
    beside = saving(drawn, tmp_path / "beside.html", include_js="plotly.min.js")
    assert 'src="plotly.min.js"' in beside.read_text(encoding="utf-8")


def test_wishes_that_cannot_be_met_are_named(drawn, tmp_path):
    with pytest.raises(UndefinedError, match=r"\.svg, \.png, \.pdf, \.html"):
        saving(drawn, tmp_path / "knoke.bmp")
    with pytest.raises(UndefinedError, match="above 0"):
        saving(drawn, tmp_path / "knoke.svg", width_mm=0)
    with pytest.raises(UndefinedError, match="include_js"):
        saving(drawn, tmp_path / "knoke.html", include_js="cdn")


def test_without_a_browser_the_error_says_what_to_install(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent")
    with pytest.raises(OrgNetError, match="Install Chromium"):
        saving(drawn, tmp_path / "knoke.png")
    assert not (tmp_path / "knoke.png").exists()


def test_a_browser_that_hangs_is_given_up():
    with pytest.raises(OrgNetError, match="did not finish"):
        within(0.05, lambda: time.sleep(0.5))
    with pytest.raises(OrgNetError, match="could not draw"):
        within(5, lambda: bytes(1 / 0))


@pytest.mark.browser
@needs_browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_pictures_have_their_size_on_paper(drawn, tmp_path):
    svg = saving(drawn, tmp_path / "knoke.svg", width_mm=120).read_text(encoding="utf-8")
    ratio = drawn.layout.height / drawn.layout.width
    assert f'width="120mm" height="{120 * ratio:.2f}mm"' in svg
    assert ">COUN<" in svg
    png = saving(drawn, tmp_path / "knoke.png", width_mm=50.8, dpi=100).read_bytes()
    assert int.from_bytes(png[16:20]) == pytest.approx(200, abs=1)
    pdf = saving(drawn, tmp_path / "knoke.pdf", width_mm=100).read_bytes()
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+)", pdf)
    assert float(box[1]) == pytest.approx(100 / 25.4 * 72, abs=1.5)
    assert b"/FontFile2" in pdf


def test_nothing_is_changed(drawn):
    before = drawn.to_dict()
    dark = figures.retheme(drawn, "dark")
    assert drawn.to_dict() == before
    assert dark.layout.template.layout.paper_bgcolor == "#16181c"
