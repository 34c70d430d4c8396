"""The add-on environment in the window: where the engine runs, and what makes, updates and removes the environment."""
