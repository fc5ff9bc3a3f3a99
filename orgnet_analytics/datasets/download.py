"""Bring the raw files of a data set to this machine: pinned, verified, cached, resumed."""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from orgnet_analytics.datasets.listing import registry
from orgnet_analytics.errors import DataError, Issue

RAW_FILES = "https://raw.githubusercontent.com"
SECONDS = 10
CHUNK = 1 << 16
NOT_ALL, NOTHING_LEFT = 206, 416
"""What a server answers (HTTP status) to a request for the rest of a file."""


def data_folder() -> Path:
    """Return the folder downloads are kept in; the environment variable ``ORGNET_DATA_DIR`` moves it."""
    chosen = os.environ.get("ORGNET_DATA_DIR")
    return Path(chosen) if chosen else Path(_pooch().os_cache("orgnet_analytics"))


def raw_files(name: str, *, base_url: str | None = None) -> dict[str, Path]:
    """Return the raw files of a data set, downloaded where they are not here yet.

    Every file is pinned by commit and checked against its sha256 before it is used. A download that
    broke off goes on where it stopped.

    Parameters
    ----------
    name : str
        The data set, one that ``comes`` downloaded in `list_datasets`.
    base_url : str, optional
        Where to ask instead: a mirror with the layout ``owner/repository/commit/path``. Without it the
        environment variable ``ORGNET_DATA_URL`` counts, and without that the pinned source.

    Returns
    -------
    dict of str to pathlib.Path
        The local files by their name.

    Raises
    ------
    DataError
        Where a file cannot be had or is not the expected one: it names the file, its address and the
        folder to put it in by hand.
    """
    entry = registry()[name]
    base = (base_url or os.environ.get("ORGNET_DATA_URL") or RAW_FILES).rstrip("/")
    if not base.startswith(("https://", "http://")):
        raise DataError(Issue(name, "the address starts with https:// or http://", value=base))
    folder = data_folder() / name
    local, found = {}, []
    for path, sha256 in entry["files"].items():
        target = folder / Path(path).name
        url = f"{base}/{entry['repository']}/{entry['commit']}/{path}"
        issue = _retrieve(url, target, sha256)
        if issue:
            found.append(issue)
        local[target.name] = target
    if found:
        raise DataError(found)
    return local


def _pooch() -> Any:
    try:
        import pooch
    except ImportError:
        raise missing("pooch") from None
    return pooch


def missing(package: str) -> DataError:
    """Return the error that names a package to install."""
    return DataError(
        Issue("datasets", "needs a package that is not installed", value=package,
              suggestion="pip install pooch rdata")
    )  # fmt: skip


def _retrieve(url: str, target: Path, sha256: str) -> Issue | None:
    """Download one file where it is not here yet; return what went wrong, or None."""
    part = target.with_name(f"{target.name}.part")
    try:
        _pooch().retrieve(
            url, f"sha256:{sha256}", target.name, target.parent, downloader=_resuming(part)
        )
    except ValueError:
        hint = f"try again, or put the right file at {target}"
        return Issue(
            target.name, "not the expected content (sha256 differs)", value=url, suggestion=hint
        )
    except (OSError, http.client.HTTPException) as error:
        hint = f"check the connection, or download it by hand and put it at {target}"
        reason = getattr(error, "reason", error)
        return Issue(target.name, f"cannot be downloaded ({reason})", value=url, suggestion=hint)
    return None


def _resuming(part: Path) -> Any:
    """Return a downloader that keeps what arrived in a ``.part`` file and asks for the rest."""

    def download(url: str, output: str, _: Any) -> None:
        have = part.stat().st_size if part.exists() else 0
        request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                _append(answer, part, "ab" if answer.status == NOT_ALL else "wb")
        except urllib.error.HTTPError as error:
            if error.code != NOTHING_LEFT:
                raise
        part.replace(output)

    return download


def _append(answer: Any, part: Path, mode: str) -> None:
    """Write what arrives to the file; what broke off stays there for the next try."""
    expected = int(answer.headers.get("Content-Length", 0))
    arrived = 0
    with part.open(mode) as file:
        while chunk := answer.read(CHUNK):
            arrived += file.write(chunk)
    if arrived < expected:
        raise ConnectionError(
            f"broke off after {arrived} of {expected} bytes; run it again to go on"
        )
