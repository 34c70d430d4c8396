"""Travel by roads in the window: networks, modes of travel, speeds by the hour, closed streets."""
