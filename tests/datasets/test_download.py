"""Downloads: verified, cached, resumed, and plain about what is missing."""

import hashlib
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orgnet_analytics import DataError
from orgnet_analytics.datasets import download

CONTENT = bytes(range(256)) * 40


class Server(ThreadingHTTPServer):
    """Serves CONTENT and remembers what was asked; ``broken`` stops it halfway once."""

    broken = False
    gone = False
    content = CONTENT

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append((self.path, wanted))
        if self.server.gone:
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        body = self.server.content[start:]
        if wanted and not body:
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.server.broken else body)
        self.server.broken = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    entry = {
        "repository": "owner/project",
        "commit": "c0ffee",
        "files": {"data/table.csv": hashlib.sha256(CONTENT).hexdigest()},
    }
    monkeypatch.setattr(download, "registry", lambda: {"tiny": entry})
    monkeypatch.setenv("ORGNET_DATA_DIR", str(tmp_path))
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        monkeypatch.setenv("ORGNET_DATA_URL", f"http://127.0.0.1:{running.server_port}/")
        yield running
        running.shutdown()


def test_a_file_is_asked_for_once_at_its_pinned_address(server: Server, tmp_path: Path):
    local = download.raw_files("tiny")
    assert local == {"table.csv": tmp_path / "tiny" / "table.csv"}
    assert local["table.csv"].read_bytes() == CONTENT
    download.raw_files("tiny")
    assert server.asked == [("/owner/project/c0ffee/data/table.csv", None)]


def test_the_argument_goes_before_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ORGNET_DATA_URL", "http://127.0.0.1:9")
    download.raw_files("tiny", base_url=f"http://127.0.0.1:{server.server_port}")
    assert len(server.asked) == 1


def test_a_download_that_broke_off_goes_on(server: Server):
    server.broken = True
    half = len(CONTENT) // 2
    with pytest.raises(DataError, match=f"broke off after {half} of {len(CONTENT)} bytes"):
        download.raw_files("tiny")
    assert download.raw_files("tiny")["table.csv"].read_bytes() == CONTENT
    assert [wanted for _, wanted in server.asked] == [None, f"bytes={half}-"]


def test_a_download_that_only_waited_to_be_moved_is_not_asked_for_again(
    server: Server, tmp_path: Path
):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "table.csv.part").write_bytes(CONTENT)
    assert download.raw_files("tiny")["table.csv"].read_bytes() == CONTENT
    assert len(server.asked) == 1


def test_other_content_is_refused_and_not_kept(server: Server, tmp_path: Path):
    server.content = CONTENT[::-1]
    with pytest.raises(DataError, match="sha256 differs"):
        download.raw_files("tiny")
    assert list((tmp_path / "tiny").iterdir()) == []


def test_a_spoiled_copy_is_fetched_again(server: Server, tmp_path: Path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "table.csv").write_bytes(b"spoiled")
    assert download.raw_files("tiny")["table.csv"].read_bytes() == CONTENT


def test_offline_names_the_file_and_where_to_put_it(server: Server, tmp_path: Path):
    with pytest.raises(DataError) as caught:
        download.raw_files("tiny", base_url="http://127.0.0.1:9")
    issue = caught.value.issues.iloc[0]
    assert issue["where"] == "table.csv"
    assert issue["value"] == "http://127.0.0.1:9/owner/project/c0ffee/data/table.csv"
    assert str(tmp_path / "tiny" / "table.csv") in issue["suggestion"]


def test_a_file_put_there_by_hand_is_used_offline(server: Server, tmp_path: Path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "table.csv").write_bytes(CONTENT)
    assert "table.csv" in download.raw_files("tiny", base_url="http://127.0.0.1:9")
    assert server.asked == []


def test_a_file_that_is_gone_is_said_so(server: Server):
    server.gone = True
    with pytest.raises(DataError, match="Not Found"):
        download.raw_files("tiny")


@pytest.mark.parametrize("address", ["file:///etc", "mirror.example"])
def test_only_web_addresses_are_asked(server: Server, address: str):
    with pytest.raises(DataError, match="https://"):
        download.raw_files("tiny", base_url=address)


def test_without_pooch_the_error_says_what_to_install(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(DataError, match="pip install pooch rdata"):
        download.raw_files("tiny")
