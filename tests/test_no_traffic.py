"""Loading, analysing and drawing ask the network nothing: every way out is walled up, and all still works."""

import re
import socket
import warnings
from pathlib import Path
from typing import Any

import pytest

import orgnet_analytics as ona
from orgnet_analytics import figures, privacy, response
from orgnet_analytics.loaders import read_graph, write_graph
from orgnet_analytics.readings import governance, lifecycle
from orgnet_analytics.report import describe


@pytest.fixture
def walled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Refuse every connection and every question to a name server; what was tried is listed."""
    tried: list[Any] = []

    def refuse(*what: Any, **_: Any) -> None:
        tried.append(what)
        raise AssertionError(f"network traffic: {what}")

    for way in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, way, refuse)
    for question in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, question, refuse)
    return tried


def test_from_the_file_to_the_page_nothing_leaves_the_machine(walled: list[Any], tmp_path: Path):
    folder = ona.datasets.case_folder("chronic_care")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ona.DataWarning)
        waves = ona.read_survey(folder / "chronische_zorg.xlsx", folder / "codebook.yaml")
        net = waves[2025].relation("referral")
        for suffix in (".graphml", ".gexf", ".net", ".dl", ".csv", ".xlsx"):
            write_graph(net, tmp_path / f"n{suffix}")
            assert len(read_graph(tmp_path / f"n{suffix}").known) == len(net.known)
    case = ona.datasets.load_chronic_care()
    assert len(ona.actor_table(net, by="sector")) == len(net)
    assert len(ona.network_table(waves)) == 12
    assert response.overview(net)["actors"] == len(net)
    assert len(privacy.pseudonymize(net, "a key of your own")) == len(net)
    assert lifecycle.classify(waves, facts=case.facts, relation="referral").verdict
    assert governance.detect(net).verdict
    figures.save(figures.network(net, by="sector"), tmp_path / "n.html")
    page = describe(waves, relation="referral", by="sector").to_html()
    for text in (page, (tmp_path / "n.html").read_text(encoding="utf-8")):
        markup = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", markup)
        assert not re.findall(r"<script[^>]+src", text)
        assert "url(http" not in markup
    assert walled == []


def test_the_wall_holds(walled: list[Any]):
    with pytest.raises(AssertionError, match="network traffic"):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(AssertionError, match="network traffic"), socket.socket() as way:
        way.connect(("127.0.0.1", 9))
    assert len(walled) == 2
