"""Paper: a driver's manifest of each route, as PDF or from a printer. Black on white, and drawn without a window."""
