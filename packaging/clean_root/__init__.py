"""Tries an installed program in a clean Debian root, and tells what was seen."""
