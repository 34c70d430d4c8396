"""Locks in the window: their commands, their signs, and what they cost."""
