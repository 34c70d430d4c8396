"""The commands of ``python -m solver``, one per file; each says what it takes and runs it."""
