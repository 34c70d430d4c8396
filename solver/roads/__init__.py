"""Roads: a network of streets, who may drive where and how fast, travel matrices and the shapes of ways.

It needs numpy and numba, and OpenStreetMap files need osmium; the engine knows nothing of it.
"""
