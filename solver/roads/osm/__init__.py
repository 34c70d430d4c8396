"""Networks out of OpenStreetMap files."""

from solver.roads.osm.errors import OsmFileError, OsmProblem, StoppedError
from solver.roads.osm.reading import OsmReading, Progress, Stage, read_osm, read_osm_fully

__all__ = [
    "OsmFileError",
    "OsmProblem",
    "OsmReading",
    "Progress",
    "Stage",
    "StoppedError",
    "read_osm",
    "read_osm_fully",
]
