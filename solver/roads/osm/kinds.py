"""What kind of street a way is and what it is made of, by its tags."""

from __future__ import annotations

from collections.abc import Mapping

from solver.roads.modes import RoadClass, Surface

Tags = Mapping[str, str]

_CLASSES = {
    "motorway": RoadClass.MOTORWAY,
    "trunk": RoadClass.TRUNK,
    "primary": RoadClass.PRIMARY,
    "secondary": RoadClass.SECONDARY,
    "tertiary": RoadClass.TERTIARY,
    "unclassified": RoadClass.MINOR,
    "road": RoadClass.MINOR,
    "residential": RoadClass.RESIDENTIAL,
    "living_street": RoadClass.LIVING_STREET,
    "service": RoadClass.SERVICE,
    "track": RoadClass.TRACK,
    "pedestrian": RoadClass.PEDESTRIAN,
    "footway": RoadClass.PEDESTRIAN,
    "platform": RoadClass.PEDESTRIAN,
    "cycleway": RoadClass.CYCLEWAY,
    "path": RoadClass.PATH,
    "bridleway": RoadClass.PATH,
    "steps": RoadClass.STEPS,
}

_PAVED = "paved asphalt concrete concrete:plates concrete:lanes paving_stones chipseal metal wood rubber tartan bricks"
_COBBLED = "sett cobblestone unhewn_cobblestone cobblestone:flattened grass_paver"
_UNPAVED = "unpaved compacted fine_gravel gravel pebblestone shells woodchips"
_ROUGH = "ground dirt earth grass mud sand rock clay snow ice stepping_stones soil"
_SURFACES = {
    word: surface
    for words, surface in (
        (_PAVED, Surface.PAVED),
        (_COBBLED, Surface.COBBLED),
        (_UNPAVED, Surface.UNPAVED),
        (_ROUGH, Surface.ROUGH),
    )
    for word in words.split()
}
_TRACKS = {
    "grade1": Surface.PAVED,
    "grade2": Surface.UNPAVED,
    "grade3": Surface.UNPAVED,
    "grade4": Surface.ROUGH,
    "grade5": Surface.ROUGH,
}
_SOFT = {RoadClass.TRACK, RoadClass.PATH}


def road_class(tags: Tags) -> RoadClass | None:
    """Return what kind of street a way is; None when it is none, or not built, or for winter only."""
    highway = tags.get("highway")
    if highway is None:
        return RoadClass.FERRY if tags.get("route") == "ferry" else None
    if "yes" in (tags.get("ice_road"), tags.get("winter_road")):
        return None
    return _CLASSES.get(highway.removesuffix("_link"))


def surface(tags: Tags, road: RoadClass) -> Surface:
    """Return what a way is made of; tracks and paths count as unpaved where the map says nothing."""
    known = _SURFACES.get(tags.get("surface", "").split(";")[0].strip())
    if known is None:
        known = _TRACKS.get(tags.get("tracktype", ""))
    if known is None:
        return Surface.UNPAVED if road in _SOFT else Surface.PAVED
    return known
