"""The map: projection, base map, layers of stops, routes and zones, and the gestures that edit them."""
