"""How much memory work takes at its peak, on Linux: the kernel keeps the mark and can forget it."""

from __future__ import annotations

import gc
from pathlib import Path

PROCESS = Path("/proc/self")


def start() -> float:
    """Forget the peak so far; return the MB in use."""
    gc.collect()
    (PROCESS / "clear_refs").write_text("5", encoding="ascii")
    return _mark("VmRSS")


def peak() -> float:
    """Return the MB in use at the peak since `start`."""
    return _mark("VmHWM")


def _mark(name: str) -> float:
    lines = (PROCESS / "status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
