"""The main job of the window on a machine without a display: open, solve, export, and a picture of it all."""
