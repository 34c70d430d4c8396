"""What makes the window easy to read, to learn and to leave alone: text size, first steps, news of finished solves."""
