"""What is wrong with an OpenStreetMap file, in words."""

from __future__ import annotations

from app.language import tr
from solver.roads.osm import OsmProblem


def osm_problem_words(problem: OsmProblem, file: str) -> str:
    """Return what is wrong with an OpenStreetMap file and what to do, as a sentence for the user."""
    match problem:
        case OsmProblem.MISSING:
            return tr("There is no file {file} any more. Choose it again.", file=file)
        case OsmProblem.REFUSED:
            return tr("{file} could not be opened: you may not read it, or the disk reports an error.", file=file)
        case OsmProblem.EMPTY:
            return tr("{file} is empty. Download it again.", file=file)
        case OsmProblem.FOREIGN:
            return tr("{file} is no OpenStreetMap data. Choose a file that ends in .osm.pbf or .osm.", file=file)
        case OsmProblem.TRUNCATED:
            return tr("{file} ends in the middle, as downloads do that were cut short. Download it again.", file=file)
        case OsmProblem.DAMAGED:
            return tr("{file} is damaged and cannot be read. Download it again.", file=file)
        case OsmProblem.NO_ROADS:
            return tr("{file} has no roads. Choose a file that holds all of OpenStreetMap for an area.", file=file)
        case OsmProblem.ELSEWHERE:
            return tr(
                "{file} has no roads in this area. Choose the file of another region, or a wider area.", file=file
            )
        case OsmProblem.TOO_LARGE:
            return tr("There was not enough memory for the roads of {file}. Import a smaller area.", file=file)
