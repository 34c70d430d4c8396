"""The window: tables, dialogs, menus, and how they look."""
