"""Values of the model as JSON and back, by the types that their dataclasses declare.

Nothing has to be added here for a new field: one that has its default value is left out, and one that is missing gets
it, so a journal is read by every version that knows the fields in it.
"""

from __future__ import annotations

import base64
import types
import typing
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any, Union, get_args, get_origin

import numpy as np


class JournalDataError(ValueError):
    """Raised for data that is no value of the type that was asked for."""


def encoded(value: Any) -> Any:
    """Return what ``json`` can write of a value.

    Raises
    ------
    TypeError
        If the value is of a type that no part of the model has.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [encoded(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(encoded(one) for one in value)
    if isinstance(value, Mapping):
        return [[encoded(key), encoded(one)] for key, one in value.items()]
    if isinstance(value, np.ndarray):
        return {
            "dtype": value.dtype.str,
            "shape": list(value.shape),
            "data": base64.b64encode(zlib.compress(np.ascontiguousarray(value).tobytes(), 1)).decode(),
        }
    kind: type = type(value)
    if is_dataclass(kind):
        return {
            name: encoded(one) for name, default in _defaults(kind) if not _same(one := getattr(value, name), default)
        }
    raise TypeError(f"a {kind.__name__} is no part of the model")


def decoded(kind: Any, data: Any) -> Any:
    """Return the value of a type that `encoded` has made ``data`` of.

    Raises
    ------
    JournalDataError
        If the data is none of that type.
    """
    try:
        return _decoded(kind, data)
    except JournalDataError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, zlib.error) as error:
        raise JournalDataError(f"no {getattr(kind, '__name__', kind)}") from error


def _decoded(kind: Any, data: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if data is None and type(None) in inner:
            return None
        (only,) = (one for one in inner if one is not type(None))
        return _decoded(only, data)
    if origin is tuple:
        if inner[1:] == (...,):
            return tuple(_decoded(inner[0], one) for one in _list(data))
        return tuple(_decoded(one, part) for one, part in zip(inner, _list(data), strict=True))
    if origin is frozenset:
        return frozenset(_decoded(inner[0], one) for one in _list(data))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return MappingProxyType({_decoded(inner[0], key): _decoded(inner[1], one) for key, one in _list(data)})
    if origin is np.ndarray:
        raw = zlib.decompress(base64.b64decode(data["data"], validate=True))
        return np.frombuffer(raw, np.dtype(data["dtype"])).reshape(data["shape"])
    if is_dataclass(kind):
        made: Any = kind
        hints = _hints(made)
        return made(**{name: _decoded(hints[name], one) for name, one in data.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    wanted: Any = (int, float) if kind is float else kind
    if not isinstance(data, wanted) or (isinstance(data, bool) and kind is not bool):
        raise JournalDataError(f"{data!r} is no {kind.__name__}")
    return data


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise JournalDataError(f"{data!r} is no list")
    return data


def _same(value: Any, default: Any) -> bool:
    # Types count: 40 and 40.0 are equal, but what comes back should be what was there.
    return value is default or (type(value) is type(default) is not np.ndarray and value == default)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, _default(one)) for one in fields(kind))


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default
