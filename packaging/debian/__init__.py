"""Makes the Debian package of a tree that PyInstaller built."""
