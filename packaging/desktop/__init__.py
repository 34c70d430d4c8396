"""What a Linux desktop is told of an installed program: menu entry, icons, kinds of files, manual page."""
