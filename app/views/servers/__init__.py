"""Servers that the user names, for travel and for addresses: what they learn, and whether that is agreed to."""
