"""Files in and out, Qt-free: CSV scenarios, benchmark files, the document, plans for other programs."""

from app.io.atomic import WriteError
from app.io.customers_import import Preview, import_customers, preview
from app.io.document import SUFFIX, LoadedDocument, load_document, save_document, save_variants
from app.io.export import write_geojson, write_routes_csv, write_stops_csv
from app.io.issues import RowIssue, write_issues_csv
from app.io.mapping_store import MappingStore
from app.io.read_any import read_any
from app.io.read_scenario import ReadResult, read_scenario
from app.io.write_scenario import write_scenario

__all__ = [
    "SUFFIX",
    "LoadedDocument",
    "MappingStore",
    "Preview",
    "ReadResult",
    "RowIssue",
    "WriteError",
    "import_customers",
    "load_document",
    "preview",
    "read_any",
    "read_scenario",
    "save_document",
    "save_variants",
    "write_geojson",
    "write_issues_csv",
    "write_routes_csv",
    "write_scenario",
    "write_stops_csv",
]
