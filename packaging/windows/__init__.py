"""Makes the installer for Windows of a tree that PyInstaller built."""
