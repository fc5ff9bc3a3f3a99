"""The progress bar changes nothing about what is done."""

import pytest

from orgnet_analytics import progress


@pytest.mark.parametrize("off", ["", "1"])
def test_steps_come_through_in_order_with_and_without_a_bar(off, monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", off)
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    parts = iter([[1, 2], [3]])
    assert list(progress.watched(parts, "parts", total=3, size=len)) == [[1, 2], [3]]
    assert ("parts" in capsys.readouterr().err) is not bool(off)
