"""From the bytes of a tile to an image; bytes come from anywhere, so nothing but three plain formats is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MOST_BYTES = 2 << 20
"""Of a tile; usual ones have a hundredth."""
MOST_PIXELS = 2048
"""Of a side, before it is scaled down."""
KEPT_PIXELS = 512
"""Of a side; more would fill the memory and not be seen."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A tile as an image.

    Parameters
    ----------
    image
        Opaque (RGB32) or not (ARGB32, premultiplied), which Qt draws fastest.
    drawn
        Whether it is a drawing, whose light and dark may be exchanged, and not a photograph. Whoever makes tiles of
        drawings uses PNG, since JPEG blurs their lines.
    dark
        Whether they are exchanged.
    """

    image: QImage
    drawn: bool
    dark: bool = False

    def toned(self, dark: bool) -> Picture:
        """Return the picture for a dark map, or for a light one."""
        return self if not self.drawn or self.dark == dark else Picture(exchanged(self.image), True, dark)


def exchanged(image: QImage) -> QImage:
    """Return an image whose light is dark and whose dark is light, every hue as it was; twice is as before.

    Parameters
    ----------
    image
        As in `Picture`.
    """
    copy = image.copy()
    pixels = np.frombuffer(copy.bits(), dtype=np.uint8).reshape(copy.height(), copy.width(), 4)
    blue, green, red, alpha = (pixels[:, :, channel] for channel in range(4))
    # lightness is half of the highest and the lowest channel; what overflows a byte comes back, as the result fits one
    shift = alpha - np.maximum(np.maximum(blue, green), red) - np.minimum(np.minimum(blue, green), red)
    pixels[:, :, :3] += shift[:, :, None]
    return copy


def decoded(data: bytes, dark: bool = False) -> Picture | None:
    """Return the picture, or None where the bytes are no tile: not PNG, JPEG or WebP, damaged, cut off, or too large.

    May be called in any thread.

    Parameters
    ----------
    data
        From anywhere.
    dark
        Whether it is for a dark map.
    """
    name = _format_of(data)
    if not name or len(data) > MOST_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(name))
    size = reader.size()  # told by the first bytes: nothing has been unpacked yet
    if not (0 < size.width() <= MOST_PIXELS and 0 < size.height() <= MOST_PIXELS):
        return None
    image = reader.read()
    if image.isNull():
        return None
    if max(size.width(), size.height()) > KEPT_PIXELS:
        image = image.scaled(
            QSize(KEPT_PIXELS, KEPT_PIXELS),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    kind = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return Picture(image.convertToFormat(kind), drawn=name == b"png").toned(dark)


def _format_of(data: bytes) -> bytes:
    """Return Qt's name of the format that the bytes begin with, and a JPEG ends with; b"" for any other."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"png"
    if data.startswith(b"\xff\xd8\xff"):
        return b"jpeg" if b"\xff\xd9" in data[-64:] else b""  # a JPEG cut off would be read, the rest in grey
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return b""
