"""Run by PyInstaller at the start of every process of the program on Windows: let the installer see that it runs.

The mutex is never closed, so Windows keeps it until the process has ended.
"""

import ctypes

ctypes.windll.kernel32.CreateMutexW(None, False, "Routewright.Running")
