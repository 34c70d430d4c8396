"""Undoable edits: the one way in which the window changes a document."""
