"""Work beside the window: the engine's process, evaluation in a thread, and the course of one solve."""
