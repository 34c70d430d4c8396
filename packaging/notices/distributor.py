"""Who hands packages on: the one constant that a packager has to fill in."""

DISTRIBUTOR = ""
"""Name and postal or e-mail address of whoever hands packages on, and so makes the offer of sources in the notice.

While it is empty the notice says "the distributor of this package", and packages for release are not built.
"""
