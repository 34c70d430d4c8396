"""Drawing, reshaping and naming of zones, as edits."""
