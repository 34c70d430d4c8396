"""The notice of what others have made and a package of Routewright carries, and the same as a bill of materials.

``python packaging/notices TREE --out FOLDER`` reads a frozen tree, finds out whose each file in it is, and writes
``notices.txt`` and a CycloneDX file. It ends with 1, and a list, while anything is of unknown origin, lacks the text
of its licence, or has a licence under which it may not be handed on.
"""
