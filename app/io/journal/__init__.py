"""The journal: every edit since the last save, written down as it is made, so that a crash loses none of them.

- `app.io.journal.values`: values of the model as JSON, without loss.
- `app.io.journal.records`: the lines of a journal.
- `app.io.journal.store`: the files of one journal: a copy of the document and the edits since.
- `app.io.journal.claim`: which process a journal belongs to.
- `app.io.journal.recovery`: what the journals hold that nobody owns any more.
"""
