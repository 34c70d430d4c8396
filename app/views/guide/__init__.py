"""The user's guide, inside the program: pages of ``resources/guide``, their contents, and a search."""
