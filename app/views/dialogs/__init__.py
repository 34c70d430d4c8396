"""The few dialogs: what a file holds before it is taken over, column mapping, shortcuts, about."""
