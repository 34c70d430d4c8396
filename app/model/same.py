"""Keys of caches for objects whose contents are slow to compare."""

from __future__ import annotations

from typing import Generic, TypeVar

ObjectT = TypeVar("ObjectT")


class Same(Generic[ObjectT]):
    """Some objects; equal to another one only if these are the same objects."""

    def __init__(self, *objects: ObjectT) -> None:
        self.objects = objects

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and list(map(id, self.objects)) == list(map(id, other.objects))

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.objects)))
