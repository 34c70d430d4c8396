"""What macOS reads of the application before it starts it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from file_types import FileType

BUNDLE_IDENTIFIER = "org.routewright.routewright"
"""By this macOS keeps what the user allowed and chose. Never change it once a release is out."""

OLDEST_SYSTEM = "14.0"
"""What torch's library for Apple's processors asks for; Qt would do with 13."""


def info_plist(version: str, kinds: Iterable[FileType]) -> dict[str, Any]:
    """Return the entries of Info.plist beside those that PyInstaller writes itself.

    Nothing is asked of the user: the program uses no camera, microphone, contacts, calendar or place of the computer.

    Parameters
    ----------
    version
        Of the program.
    kinds
        What is ours is exported, which makes macOS know it by us; the rest is imported.
    """
    kinds = list(kinds)
    numbers = _numbers(version)
    return {
        "CFBundleDisplayName": "Routewright",
        "CFBundleShortVersionString": numbers,
        "CFBundleVersion": numbers,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "de"],
        "CFBundleDocumentTypes": [_document_type(kind) for kind in kinds],
        "UTExportedTypeDeclarations": [_declaration(kind) for kind in kinds if kind.ours],
        "UTImportedTypeDeclarations": [_declaration(kind) for kind in kinds if not kind.ours],
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Copyright (c) 2026 The Routewright authors",
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSSupportsAutomaticGraphicsSwitching": True,
    }


def _numbers(version: str) -> str:
    """Return what macOS takes for a version: of ``0.1.0rc2`` it is ``0.1.0``."""
    return ".".join([*re.findall(r"\d+", re.split(r"[^\d.]", version)[0]), "0", "0"][:3])


def _document_type(kind: FileType) -> dict[str, Any]:
    return {
        "CFBundleTypeName": kind.name,
        "CFBundleTypeRole": "Editor" if kind.ours else "Viewer",
        "LSHandlerRank": "Owner" if kind.ours else "Alternate",
        "LSItemContentTypes": [kind.identifier],
    }


def _declaration(kind: FileType) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": kind.identifier,
        "UTTypeDescription": kind.name,
        "UTTypeConformsTo": list(kind.conforms_to),
        "UTTypeTagSpecification": {
            "public.filename-extension": [kind.suffix.removeprefix(".")],
            "public.mime-type": [kind.media_type],
        },
    }
