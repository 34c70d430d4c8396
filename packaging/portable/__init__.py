"""Makes the archive that runs from any folder."""
