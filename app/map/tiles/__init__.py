"""Map tiles over the shipped base map: from an MBTiles file, or from a server that the user names and agrees to."""
