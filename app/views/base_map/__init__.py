"""Which base map the user has chosen: the shipped one, tiles from a file, or tiles from a server."""
