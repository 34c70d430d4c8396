"""Makes the disk image for macOS of an application that PyInstaller built."""
