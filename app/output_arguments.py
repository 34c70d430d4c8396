"""What the commands that write a plan have in common: where to, in which formats, and how manifests look."""

from __future__ import annotations

import argparse
from datetime import datetime

from app.io.navigation import Codes
from app.paper.options import PaperOptions, PaperSize
from app.plan_files import FORMATS, Wishes

_DEFAULT = ("csv", "geojson")


def add_output_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--out``, ``--formats``, ``--paper`` and ``--codes``."""
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the files")
    parser.add_argument(
        "--formats",
        type=_formats,
        default=_DEFAULT,
        metavar="LIST",
        help=f"some of {','.join(FORMATS)}; by default {','.join(_DEFAULT)}. pdf has a manifest for each driver, and "
        "needs Qt",
    )
    parser.add_argument(
        "--paper", choices=[size.value for size in PaperSize], default=PaperSize.A4.value, help="of the pdf"
    )
    parser.add_argument(
        "--codes",
        choices=[code.value for code in Codes],
        default=Codes.PLACES.value,
        help="codes to scan on the pdf: beside each stop for the phone's own map (places) or for Google Maps "
        "(directions), for every ten stops for Google Maps (stages), or none",
    )


def wishes_of(chosen: argparse.Namespace) -> Wishes:
    """Return what was asked for, with the time of now to be printed."""
    printed = f"Printed {datetime.now():%Y-%m-%d %H:%M}"
    return Wishes(paper=PaperOptions(PaperSize(chosen.paper), Codes(chosen.codes), printed))


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip().casefold() for part in text.split(",") if part.strip()))
    if not names or not set(names) <= FORMATS.keys():
        raise argparse.ArgumentTypeError(f"{text!r}, expected some of {','.join(FORMATS)}")
    return names
