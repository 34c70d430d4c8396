"""What a tree of PyInstaller needs of the Linux system that it is run on."""
