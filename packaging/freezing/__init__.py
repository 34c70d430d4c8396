"""What goes into a package, and what does not."""
