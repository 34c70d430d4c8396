"""The engine: a genetic algorithm over rich vehicle routing problems. It knows nothing of the app above it."""
