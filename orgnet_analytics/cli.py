"""``orgnet``: each command is about three calls of the library."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from orgnet_analytics import __version__, datasets
from orgnet_analytics.errors import (
    DataError,
    DataWarning,
    Issue,
    OrgNetError,
    UndefinedError,
    nearest,
)
from orgnet_analytics.loaders import read_survey
from orgnet_analytics.network import OrgNetwork

Source = OrgNetwork | Mapping[Any, OrgNetwork]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; bad data is told in full on stderr and ends with 2."""
    options = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], None] = options.command
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", DataWarning)
        try:
            command(options)
        except OrgNetError as error:
            print(error, file=sys.stderr)
            return 2
        finally:
            for warning in said:
                print(f"Note: {warning.message}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="orgnet", description="Organization networks from survey to report."
    )
    parser.add_argument("--version", action="version", version=f"orgnet_analytics {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")
    for name, command, about in (
        ("check", check, "read a survey and say what is in it, or everything that is wrong"),
        ("describe", describe, "who answered, the network, the brokers and the stage, on one page"),
    ):
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(command=command)
        sub.add_argument("source", help="a survey file, or the name of a data set")
        sub.add_argument("--codebook", help="what each column of the survey means (YAML)")
        if name == "describe":
            _describe_options(sub)
    sub = commands.add_parser("datasets", help="list the data sets")
    sub.set_defaults(command=list_datasets)
    return parser


def _describe_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--relation", help="the kind of tie to look into")
    sub.add_argument("--by", help="the column that groups the organizations, for example sector")
    sub.add_argument("--facts", help="a csv with what is known of each wave beside its ties")
    sub.add_argument("--lang", choices=["en", "nl"], default="en", help="language of the page")
    sub.add_argument("--out", help="write the page, figures included, to this HTML file")


def check(options: argparse.Namespace) -> None:
    """Read the survey and print what was found."""
    source = _read(options)
    for net in [source] if isinstance(source, OrgNetwork) else source.values():
        print(net, *net.notes, sep="\n  ")


def describe(options: argparse.Namespace) -> None:
    """Print the description, and write the page where ``--out`` says."""
    from orgnet_analytics.report import describe as describe_network

    facts = pd.read_csv(options.facts, index_col=0) if options.facts else None
    page = describe_network(
        _read(options), relation=options.relation, by=options.by, facts=facts, lang=options.lang
    )
    print(page.to_text())
    if options.out:
        print(f"\n{page.save(options.out).resolve().as_uri()}")


def list_datasets(options: argparse.Namespace) -> None:
    """Print the data sets that come with the library or can be fetched."""
    print(datasets.list_datasets().to_string())


def _read(options: argparse.Namespace) -> Source:
    """Return the survey at ``source``, or the shipped data set of that name."""
    if options.codebook is None:
        if Path(options.source).suffix:
            raise DataError(
                Issue(options.source, "a survey needs a codebook", suggestion="--codebook")
            )
        return _shipped(options.source)
    survey: Source = read_survey(options.source, options.codebook)
    return survey


def _shipped(name: str) -> Source:
    known = [key.removeprefix("load_") for key in datasets.__all__ if key.startswith("load_")]
    if name not in known:
        hint = nearest(name, known) or f"there are {', '.join(known)}"
        raise UndefinedError(f"There is no data set {name!r} to load: {hint}")
    found = getattr(datasets, f"load_{name}")()
    shipped: Source = found.waves if isinstance(found, datasets.Case) else found
    return shipped
