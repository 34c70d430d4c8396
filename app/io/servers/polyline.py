"""Lines as letters, the way in which OSRM and Valhalla send the shape of a route: differences in base 32."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FINE = 6
"""Decimals of a degree in ``polyline6``."""

_OFFSET = 63
_MORE = 32


class PolylineError(ValueError):
    """Raised for letters that are no line."""


def decoded(text: str, decimals: int = FINE) -> NDArray[np.float64]:
    """Return the corners of a line.

    Parameters
    ----------
    text
        As `encoded` writes it.
    decimals
        Of a degree.

    Returns
    -------
    numpy.ndarray
        Shape ``(corners, 2)``, latitude and longitude in degrees.

    Raises
    ------
    PolylineError
        If it ends within a number or a corner, has a letter that is none of the code, or leaves the globe.
    """
    try:
        bits = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64) - _OFFSET
    except UnicodeEncodeError as error:
        raise PolylineError("a letter that is not of the code") from error
    if not len(bits):
        return np.empty((0, 2))
    if bits.min() < 0 or bits.max() >= 2 * _MORE:
        raise PolylineError("a letter that is not of the code")
    last = np.flatnonzero(bits < _MORE)
    if not len(last) or last[-1] != len(bits) - 1 or len(last) % 2:
        raise PolylineError("it ends too early")
    first = np.concatenate([[0], last[:-1] + 1])
    if (last - first).max() > 6:
        raise PolylineError("a number that is too large")
    place = np.arange(len(bits)) - np.repeat(first, last - first + 1)
    values = np.add.reduceat((bits & (_MORE - 1)) << (5 * place), first)
    signed = np.where(values & 1, ~(values >> 1), values >> 1)
    corners = np.cumsum(signed.reshape(-1, 2), axis=0) / 10.0**decimals
    if (np.abs(corners) > (90, 180)).any():
        raise PolylineError("it leaves the globe")
    return corners


def encoded(corners: NDArray[np.float64], decimals: int = FINE) -> str:
    """Return a line as letters.

    Parameters
    ----------
    corners
        Shape ``(corners, 2)``, latitude and longitude in degrees.
    decimals
        Of a degree that are kept.
    """
    units = np.rint(np.asarray(corners, dtype=np.float64).reshape(-1, 2) * 10.0**decimals).astype(np.int64)
    letters: list[str] = []
    for value in np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel().tolist():
        rest = ~(value << 1) if value < 0 else value << 1
        while rest >= _MORE:
            letters.append(chr((rest & (_MORE - 1) | _MORE) + _OFFSET))
            rest >>= 5
        letters.append(chr(rest + _OFFSET))
    return "".join(letters)
