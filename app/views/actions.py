"""Every command of the window, as data: its name, keys, icon and menu; made into actions that menus and bars share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.views.theme import Theme

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Parameters
    ----------
    name
        Object name of its action.
    text
        In the menu; ``&`` marks the letter that reaches it there, an ellipsis that more will be asked.
    keys
        A standard key, a text such as ``Ctrl+1``, or nothing.
    icon
        Of ``resources/icons``.
    tip
        In the status bar and on the toolbar.
    checkable
        Whether it is on or off.
    local
        Whether the keys count only in the widgets that the action is given to, as those of single letters have to.
    """

    name: str
    text: str
    keys: QKeySequence.StandardKey | str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    local: bool = False


SEPARATOR = Command("", "")
"""A line in a menu."""

FILE = (
    Command("new", "&New", Keys.New, "new", "Start with an empty scenario"),
    Command("open", "&Open…", Keys.Open, "open", "Open a document, a zipped scenario, VRPLIB or Solomon file"),
    Command("open_folder", "Open &Folder…", "Ctrl+Shift+O", "", "Open a scenario folder of CSV files"),
    Command("recent", "Open &Recent"),
    Command("open_sample", "Open Sa&mple", "", "", "Open the sample scenario: a day of deliveries in Helsinki"),
    SEPARATOR,
    Command("save", "&Save", Keys.Save, "save", "Save the document"),
    Command("save_as", "Save &As…", "Ctrl+Shift+S", "", "Save the document to another file"),
    Command("versions", "Earlier &Versions…", "", "", "Bring back what a document was when it was saved earlier"),
    Command("recover", "Recover &Unsaved Work…", "", "", "Look for changes that a crashed window could not save"),
    SEPARATOR,
    Command("import_customers", "&Import Customers…", "Ctrl+I", "import", "Add customers from a file of any shape"),
    Command("export", "&Export…", "Ctrl+E", "export", "Write manifests for drivers, tables, tracks or the scenario"),
    Command("stop_export", "S&top Exporting", "", "stop", "End the export that is going on; nothing is written"),
    Command("print", "&Print Manifests…", Keys.Print, "print", "Print the manifests of all or of the selected routes"),
    SEPARATOR,
    Command("quit", "&Quit", "Ctrl+Q"),
)
EDIT = (
    Command("undo", "&Undo", Keys.Undo, "undo"),
    Command("redo", "&Redo", "Ctrl+Shift+Z", "redo"),
    SEPARATOR,
    Command("copy", "&Copy", Keys.Copy, "copy", "Copy the selected cells for a spreadsheet"),
    Command("copy_routes", "Copy Routes as &Text", "Ctrl+Shift+C", "", "Copy the selected routes for a message"),
    Command("paste", "&Paste", Keys.Paste, "paste", "Paste cells from a spreadsheet; rows below the last are added"),
    Command("fill_down", "&Fill Down", "Ctrl+D", "", "Give all selected cells the value of the topmost one"),
    SEPARATOR,
    Command("add_row", "&Add Row", "Ins", "add", "Add a row to the table"),
    Command("delete", "&Delete", Keys.Delete, "delete", "Delete what is selected"),
    SEPARATOR,
    Command("filter", "F&ind in Table", Keys.Find, "filter", "Show only the rows that hold some words"),
    Command(
        "edit_selected", "&Edit Selected Customers…", "Alt+Return", "", "Give all selected customers the same values"
    ),
)
_BOTH = "; with Shift add them to the selection, with Ctrl take them out"
SELECT = (
    Command("select_all", "&All Customers", "", "", f"Select every customer{_BOTH}"),
    Command("select_none", "&Nothing", "Ctrl+Shift+A", "", "Clear the selection"),
    Command("select_inverse", "&Inverse", "Ctrl+Shift+I", "", "Select the customers that are not selected"),
    SEPARATOR,
    Command("select_in_view", "In &View", "", "", f"Select the customers that the map shows{_BOTH}"),
    Command("select_same_profile", "Same &Profile", "Ctrl+Shift+P", "", f"Select all customers of the profiles{_BOTH}"),
    Command("select_same_route", "Same &Route", "Ctrl+Shift+R", "", f"Select all customers on the routes{_BOTH}"),
    Command("select_profile", "By Pr&ofile"),
    SEPARATOR,
    Command("select_served", "&Served", "", "", f"Select the customers on a route{_BOTH}"),
    Command("select_unserved", "&Unserved", "", "", f"Select the customers on no route{_BOTH}"),
    Command("select_late", "&Late", "", "", f"Select the customers that are served too late{_BOTH}"),
    Command("select_locked", "Loc&ked", "", "", f"Select the customers that are locked in the plan{_BOTH}"),
    Command("select_windowed", "With Time &Windows", "", "", f"Select the customers that have time windows{_BOTH}"),
    Command("select_any_time", "At Any &Time", "", "", f"Select the customers without time windows{_BOTH}"),
)
MAP = (
    Command(
        "mode_select",
        "&Select",
        "S",
        "select",
        "Select on the map, and drag stops from route to route",
        checkable=True,
        local=True,
    ),
    Command(
        "mode_move",
        "&Move Places",
        "M",
        "move",
        "Drag depots and customers to other places on the map",
        checkable=True,
        local=True,
    ),
    Command(
        "mode_add_customer", "Add &Customers", "C", "add-customer", "Click to add customers", checkable=True, local=True
    ),
    Command("mode_add_depot", "Add &Depots", "D", "add-depot", "Click to add depots", checkable=True, local=True),
    Command(
        "mode_rectangle",
        "Select in a &Rectangle",
        "R",
        "rectangle",
        "Draw a rectangle around what should be selected; with Shift add it, with Ctrl take it out",
        checkable=True,
        local=True,
    ),
    Command(
        "mode_lasso",
        "Select with a &Lasso",
        "L",
        "lasso",
        "Draw a line around what should be selected; with Shift add it, with Ctrl take it out",
        checkable=True,
        local=True,
    ),
    Command(
        "mode_draw_zone",
        "Draw &Zones",
        "Z",
        "zone",
        "Click the corners of a zone, and say which vehicles may enter",
        checkable=True,
        local=True,
    ),
    SEPARATOR,
    Command("zone_next_corner", "&Next Corner", "N", "", "Go to the next corner of the selected zone", local=True),
    Command("zone_previous_corner", "&Previous Corner", "Shift+N", "", "Go to the corner before", local=True),
    Command("zone_insert_corner", "&Insert Corner", "I", "", "Put a corner behind the present one", local=True),
    SEPARATOR,
    Command("fit", "Show &Everything", "Ctrl+0", "fit", "Bring all depots, customers and zones into view"),
)
PLAN = (
    Command(
        "show_replan",
        "Re-pla&n a Part",
        "Ctrl+F5",
        "",
        "Choose what may change, and look at what is proposed before it is done",
        checkable=True,
    ),
    Command("replan_selected", "Re-plan Selected R&outes", "Ctrl+Shift+F5", "", "Propose better selected routes"),
    Command("replan_insert", "&Insert Unassigned", "", "", "Propose places for who is in no route; all else stays"),
    Command("replan_order", "Re-or&der Within Routes", "", "", "Propose better orders, each stop on its vehicle"),
    SEPARATOR,
    Command("assign", "&Assign to…", "Ctrl+M", "vehicle", "Compare vehicles for what is selected, and choose one"),
    Command("unassign", "&Unassign", "Ctrl+U", "", "Take what is selected out of the plan"),
    SEPARATOR,
    Command("move_earlier", "Move &Earlier", "Alt+Up", "", "Visit the selected stops one place earlier", local=True),
    Command("move_later", "Move &Later", "Alt+Down", "", "Visit the selected stops one place later", local=True),
    SEPARATOR,
    Command("reverse_route", "&Reverse Route", "Ctrl+R", "", "Visit the stops of the route from the last to the first"),
    Command("swap_vehicles", "S&wap Vehicles With…", "Ctrl+Shift+M", "", "Let two routes exchange their vehicles"),
    SEPARATOR,
    Command("lock", "Loc&k"),
)
"""Below Solve and Stop, which the solve bar makes."""
VARIANTS = (
    Command("variant_duplicate", "&Duplicate Variant", "Ctrl+Shift+D", "add", "Try something out on a copy of the day"),
    Command("variant_rename", "&Rename Variant…", "", "", "Call this variant of the day otherwise"),
    Command("variant_delete", "De&lete Variant…", "", "", "Delete this variant of the day"),
    SEPARATOR,
    Command("variant_next", "&Next Variant", "Ctrl+PgDown", "", "Show the next variant of the day"),
    Command("variant_previous", "&Previous Variant", "Ctrl+PgUp", "", "Show the variant before this one"),
    SEPARATOR,
    Command("show_comparison", "&Compare", "F6", "", "Show or hide the variants side by side", checkable=True),
    Command(
        "variant_differences",
        "Differences on &Map",
        "Shift+F6",
        "",
        "Draw on the map what is different between two variants",
        checkable=True,
    ),
)
LOCK = (
    Command("lock_vehicle", "Stays on This &Vehicle", "Ctrl+L", "lock-vehicle", "A search may only change its turn"),
    Command("lock_place", "Keeps Its &Place", "Ctrl+Shift+L", "lock-place", "As many stops come before it as now"),
    Command("lock_driven", "Already &Driven Up to Here", "Ctrl+J", "lock-driven", "Nothing changes up to this stop"),
    SEPARATOR,
    Command("unlock", "&Unlock", "Ctrl+K", "unlock", "Let a search change the selected stops again"),
    Command("unlock_all", "Unlock &Everything", "Ctrl+Shift+K", "", "Take every lock away"),
    SEPARATOR,
    Command("price_locks", "What Do Locks &Cost?", "", "", "Search once more without each lock, and compare"),
)
TABLE_NAMES = ("routes", "customers", "vehicles", "depots", "profiles", "zones", "settings")
VIEW = (
    *(
        Command(f"show_{name}", f"&{number} {name.capitalize()}", f"Ctrl+{number}")
        for number, name in enumerate(TABLE_NAMES, start=1)
    ),
    SEPARATOR,
    Command("show_timeline", "T&imeline", "F7", "", "Show or hide the timeline of the plan", checkable=True),
    Command("show_tables", "&Tables", "F8", "", "Show or hide the tables", checkable=True),
    Command("show_plan", "&Plan", "F9", "", "Show or hide the figures of the plan", checkable=True),
    SEPARATOR,
    Command("colour_by", "&Colour Customers By"),
    Command("base_map", "&Base Map"),
    Command("appearance", "&Appearance"),
    Command("text_size", "Te&xt Size"),
    Command("language", "Lan&guage"),
)
BASE_MAP = (
    Command("base_map_shipped", "&Shipped", "", "", "Coasts and borders that come with the program", checkable=True),
    Command("base_map_mbtiles", "&MBTiles File…", "", "", "Map tiles from a file on this machine", checkable=True),
    Command("base_map_online", "&Online Source…", "", "", "Map tiles from a server that you name", checkable=True),
)
APPEARANCE = (
    Command("appearance_system", "As the &System", checkable=True),
    Command("appearance_light", "&Light", checkable=True),
    Command("appearance_dark", "&Dark", checkable=True),
    SEPARATOR,
    Command("appearance_contrast_light", "High Contrast L&ight", checkable=True),
    Command("appearance_contrast_dark", "&High Contrast Dark", checkable=True),
)
TEXT_SIZE = (
    Command("text_larger", "&Larger Text", Keys.ZoomIn, "", "Show all text larger"),
    Command("text_smaller", "&Smaller Text", Keys.ZoomOut, "", "Show all text smaller"),
    Command("text_normal", "&Normal Text", "Ctrl+Shift+0", "", "Show text as large as the system does"),
)
COLOUR_BY = (
    Command("colour_by_route", "&Route", "", "", "Customers have the colours of their routes", checkable=True),
    Command(
        "colour_by_profile", "&Profile", "", "", "Customers of a profile have a colour and a shape", checkable=True
    ),
    Command("colour_by_load", "&Load", "", "", "Who gets or gives much is large and stands out", checkable=True),
    Command("colour_by_window", "Time &Window", "", "", "By when the last time window closes", checkable=True),
    Command("colour_by_lateness", "L&ateness", "", "", "Who is served too late is a triangle", checkable=True),
    Command("colour_by_vehicle", "&Vehicle", "", "", "Customers of a vehicle type look alike", checkable=True),
)
HELP = (
    Command("guide", "User &Guide", "Shift+F1", "", "How everything is done, page by page"),
    Command("shortcuts", "&Keyboard Shortcuts", "F1", "keyboard"),
    Command("show_hints", "Show &Hints Again", "", "", "Bring back the hints for first steps"),
    SEPARATOR,
    Command("about", "&About Routewright"),
)

MENUS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    ("file_menu", "&File", FILE),
    ("edit_menu", "&Edit", EDIT),
    ("select_menu", "&Select", SELECT),
    ("map_menu", "&Map", MAP),
    ("plan_menu", "&Plan", PLAN),
    ("variants_menu", "Va&riants", VARIANTS),
    ("view_menu", "&View", VIEW),
    ("help_menu", "&Help", HELP),
)
SUBMENUS: Mapping[str, tuple[Command, ...]] = {
    "base_map": BASE_MAP,
    "appearance": APPEARANCE,
    "colour_by": COLOUR_BY,
    "text_size": TEXT_SIZE,
    "lock": LOCK,
    "recent": (),
    "select_profile": (),
    "language": (),
}
"""Commands that are menus of their own; what recent files, profiles and languages there are is not known here."""

TOOLBAR = (
    *("new", "open", "save", "", "undo", "redo", "", "mode_select", "mode_lasso"),
    *("mode_add_customer", "mode_add_depot", "mode_draw_zone", "fit"),
    *("", "import_customers", "export"),
)
"""Names of the actions on the toolbar; "" is a line."""


def make_actions(window: QWidget, theme: Theme, does: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return an action for each command that is no menu.

    Parameters
    ----------
    window
        Owns the actions.
    theme
        Draws their icons.
    does
        What each does, by name; a checkable one may be left out, to be connected by whoever needs its state.
    """
    commands = [one for _, _, menu in MENUS for one in menu] + [one for menu in SUBMENUS.values() for one in menu]
    actions: dict[str, QAction] = {}
    for command in commands:
        if command is SEPARATOR or command.name in SUBMENUS:
            continue
        action = QAction(command.text, window)
        action.setObjectName(command.name)
        action.setCheckable(command.checkable)
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        if command.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plain = command.text.replace("&", "").rstrip("…").lstrip("0123456789 ")
        action.setIconText(plain)  # what the command is called whatever its text says of the step to be undone
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{command.tip or plain} ({keys})" if keys else command.tip or plain)
        action.setStatusTip(command.tip)
        if command.icon:
            theme.bind(action, command.icon)
        if command.name in does:
            action.triggered.connect(lambda _checked=False, act=does[command.name]: act())
        actions[command.name] = action
    return actions


def by_menu(actions: Mapping[str, QAction], plan: Sequence[QAction]) -> list[tuple[str, list[QAction]]]:
    """Return the title of each menu with its actions, those of some submenus too, for the page of keys.

    Parameters
    ----------
    actions
        As `make_actions` returns them.
    plan
        What stands first in the menu of the plan and is made elsewhere.
    """
    first = {"plan_menu": list(plan)}
    submenus = {"plan_menu": LOCK, "view_menu": TEXT_SIZE}
    last = {name: [actions[one.name] for one in menu if one is not SEPARATOR] for name, menu in submenus.items()}
    return [
        (
            title.replace("&", ""),
            [
                *first.get(name, ()),
                *(actions[one.name] for one in commands if one.name in actions),
                *last.get(name, ()),
            ],
        )
        for name, title, commands in MENUS
    ]
