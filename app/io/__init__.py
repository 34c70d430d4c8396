"""Files in and out, Qt-free: CSV scenarios, benchmark files, the document, plans for other programs."""

from app.io.atomic import WriteError
from app.io.document import SUFFIX, LoadedDocument, load_document, save_document
from app.io.issues import RowIssue, write_issues_csv
from app.io.read_scenario import ReadResult, read_scenario
from app.io.write_scenario import write_scenario

__all__ = [
    "SUFFIX",
    "LoadedDocument",
    "ReadResult",
    "RowIssue",
    "WriteError",
    "load_document",
    "read_scenario",
    "save_document",
    "write_issues_csv",
    "write_scenario",
]
