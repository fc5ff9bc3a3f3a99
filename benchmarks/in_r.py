"""Rivals in R: a script reads tables from a folder, says how many processor seconds its work took."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

RSCRIPT = shutil.which("Rscript")
HEAD = """
suppressMessages(library(sna)); a <- commandArgs(TRUE); folder <- a[1]; runs <- as.integer(a[2])
cpu <- function(work) { t <- proc.time(); work(); d <- proc.time() - t; sum(d[1:2]) }
told <- function(work) cat(cpu(function() for (i in seq_len(runs)) work()) / runs, "\\n")
"""


def has(package: str) -> bool:
    """Return whether R and the package are there."""
    if RSCRIPT is None:
        return False
    asked = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run([RSCRIPT, "-e", asked], capture_output=True).returncode == 0


def seconds(script: str, folder: Path | str, runs: int = 1) -> list[float]:
    """Return what the script says: the processor seconds of each ``told(work)``, the mean of its runs."""
    command = [str(RSCRIPT), "-e", HEAD + script, str(folder), str(runs)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(word) for word in said.split()]
