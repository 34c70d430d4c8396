"""Every command of the window, as data: its name, keys, icon and menu; made into actions that menus and bars share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.views.command import SEPARATOR, Command, Keys
from app.views.kind_words import TITLES
from app.views.map_commands import MAP, SELECT
from app.views.roads.road_commands import NETWORK
from app.views.theme import Theme

FILE = (
    Command("new", tr("&New"), Keys.New, "new", tr("Start with an empty scenario")),
    Command("open", tr("&Open…"), Keys.Open, "open", tr("Open a document, a zipped scenario, VRPLIB or Solomon file")),
    Command("open_folder", tr("Open &Folder…"), "Ctrl+Shift+O", "", tr("Open a scenario folder of CSV files")),
    Command("recent", tr("Open &Recent")),
    Command(
        "open_sample", tr("Open Sa&mple"), "", "", tr("Open the sample scenario: deliveries in the centre of Helsinki")
    ),
    Command(
        "open_straight_sample",
        tr("Open Sample &without Roads"),
        "",
        "",
        tr("Open a larger sample all over Helsinki, whose distances are as the crow flies"),
    ),
    SEPARATOR,
    Command("save", tr("&Save"), Keys.Save, "save", tr("Save the document")),
    Command("save_as", tr("Save &As…"), "Ctrl+Shift+S", "", tr("Save the document to another file")),
    Command(
        "versions", tr("Earlier &Versions…"), "", "", tr("Bring back what a document was when it was saved earlier")
    ),
    Command(
        "recover", tr("Recover &Unsaved Work…"), "", "", tr("Look for changes that a crashed window could not save")
    ),
    SEPARATOR,
    Command(
        "import_customers", tr("&Import Customers…"), "Ctrl+I", "import", tr("Add customers from a file of any shape")
    ),
    NETWORK,
    Command(
        "export", tr("&Export…"), "Ctrl+E", "export", tr("Write manifests for drivers, tables, tracks or the scenario")
    ),
    Command(
        "stop_export", tr("S&top Exporting"), "", "stop", tr("End the export that is going on; nothing is written")
    ),
    Command(
        "print",
        tr("&Print Manifests…"),
        Keys.Print,
        "print",
        tr("Print the manifests of all or of the selected routes"),
    ),
    SEPARATOR,
    Command("quit", tr("&Quit"), "Ctrl+Q"),
)
EDIT = (
    Command("undo", tr("&Undo"), Keys.Undo, "undo"),
    Command("redo", tr("&Redo"), "Ctrl+Shift+Z", "redo"),
    SEPARATOR,
    Command("copy", tr("&Copy"), Keys.Copy, "copy", tr("Copy the selected cells for a spreadsheet")),
    Command(
        "copy_routes", tr("Copy Routes as &Text"), "Ctrl+Shift+C", "", tr("Copy the selected routes for a message")
    ),
    Command(
        "paste", tr("&Paste"), Keys.Paste, "paste", tr("Paste cells from a spreadsheet; rows below the last are added")
    ),
    Command("fill_down", tr("&Fill Down"), "Ctrl+D", "", tr("Give all selected cells the value of the topmost one")),
    SEPARATOR,
    Command("add_row", tr("&Add Row"), "Ins", "add", tr("Add a row to the table")),
    Command("delete", tr("&Delete"), Keys.Delete, "delete", tr("Delete what is selected")),
    SEPARATOR,
    Command("filter", tr("F&ind in Table"), Keys.Find, "filter", tr("Show only the rows that hold some words")),
    Command(
        "edit_selected",
        tr("&Edit Selected Customers…"),
        "Alt+Return",
        "",
        tr("Give all selected customers the same values"),
    ),
    SEPARATOR,
    Command("type_command", tr("T&ype a Command…"), "Ctrl+T", "", tr("Say in words what should be done, or ask why")),
)
PLAN = (
    Command(
        "show_replan",
        tr("Re-pla&n a Part"),
        "Ctrl+F5",
        "",
        tr("Choose what may change, and look at what is proposed before it is done"),
        checkable=True,
    ),
    Command(
        "replan_selected", tr("Re-plan Selected R&outes"), "Ctrl+Shift+F5", "", tr("Propose better selected routes")
    ),
    Command(
        "replan_insert", tr("&Insert Unassigned"), "", "", tr("Propose places for who is in no route; all else stays")
    ),
    Command(
        "replan_order", tr("Re-or&der Within Routes"), "", "", tr("Propose better orders, each stop on its vehicle")
    ),
    SEPARATOR,
    Command(
        "assign", tr("&Assign to…"), "Ctrl+M", "vehicle", tr("Compare vehicles for what is selected, and choose one")
    ),
    Command("unassign", tr("&Unassign"), "Ctrl+U", "", tr("Take what is selected out of the plan")),
    SEPARATOR,
    Command(
        "move_earlier", tr("Move &Earlier"), "Alt+Up", "", tr("Visit the selected stops one place earlier"), local=True
    ),
    Command(
        "move_later", tr("Move &Later"), "Alt+Down", "", tr("Visit the selected stops one place later"), local=True
    ),
    SEPARATOR,
    Command(
        "reverse_route",
        tr("&Reverse Route"),
        "Ctrl+R",
        "",
        tr("Visit the stops of the route from the last to the first"),
    ),
    Command(
        "swap_vehicles", tr("S&wap Vehicles With…"), "Ctrl+Shift+M", "", tr("Let two routes exchange their vehicles")
    ),
    SEPARATOR,
    Command("lock", tr("Loc&k")),
    Command("why", tr("Wh&y?")),
)
"""Below Solve and Stop, which the solve bar makes."""
VARIANTS = (
    Command(
        "variant_duplicate",
        tr("&Duplicate Variant"),
        "Ctrl+Shift+D",
        "add",
        tr("Try something out on a copy of the day"),
    ),
    Command("variant_rename", tr("&Rename Variant…"), "", "", tr("Call this variant of the day otherwise")),
    Command("variant_delete", tr("De&lete Variant…"), "", "", tr("Delete this variant of the day")),
    SEPARATOR,
    Command("variant_next", tr("&Next Variant"), "Ctrl+PgDown", "", tr("Show the next variant of the day")),
    Command("variant_previous", tr("&Previous Variant"), "Ctrl+PgUp", "", tr("Show the variant before this one")),
    SEPARATOR,
    Command("show_comparison", tr("&Compare"), "F6", "", tr("Show or hide the variants side by side"), checkable=True),
    Command(
        "variant_differences",
        tr("Differences on &Map"),
        "Shift+F6",
        "",
        tr("Draw on the map what is different between two variants"),
        checkable=True,
    ),
)
LOCK = (
    Command(
        "lock_vehicle", tr("Stays on This &Vehicle"), "Ctrl+L", "lock-vehicle", tr("A search may only change its turn")
    ),
    Command(
        "lock_place", tr("Keeps Its &Place"), "Ctrl+Shift+L", "lock-place", tr("As many stops come before it as now")
    ),
    Command(
        "lock_driven", tr("Already &Driven Up to Here"), "Ctrl+J", "lock-driven", tr("Nothing changes up to this stop")
    ),
    SEPARATOR,
    Command("unlock", tr("&Unlock"), "Ctrl+K", "unlock", tr("Let a search change the selected stops again")),
    Command("unlock_all", tr("Unlock &Everything"), "Ctrl+Shift+K", "", tr("Take every lock away")),
    SEPARATOR,
    Command("price_locks", tr("What Do Locks &Cost?"), "", "", tr("Search once more without each lock, and compare")),
)
WHY = (
    Command("show_why", tr("Show &Answers"), "F4", "", tr("Show or hide the answers beside the map"), checkable=True),
    SEPARATOR,
    Command("why_here", tr("Why Is It &Here?"), "F3", "", tr("Why the selected stop is on its vehicle, or on none")),
    Command(
        "why_not_next",
        tr("Why &Not Next?"),
        "Shift+F3",
        "",
        tr("Why the second selected stop does not follow the first"),
    ),
    Command("why_prices", tr("What Does Each Constraint &Cost?"), "", "", tr("Search once more without each of them")),
    Command("why_changed", tr("What Has Chan&ged?"), "", "", tr("Compare with the plan before the last solve or edit")),
    SEPARATOR,
    Command(
        "language_model", tr("Language &Model…"), "", "", tr("Let a model that you name put answers into its words")
    ),
)
TABLE_NAMES = ("routes", "customers", "vehicles", "depots", "profiles", "zones", "settings")
VIEW = (
    *(
        Command(f"show_{name}", f"&{number} {TITLES[name]}", f"Ctrl+{number}")
        for number, name in enumerate(TABLE_NAMES, start=1)
    ),
    SEPARATOR,
    Command("show_timeline", tr("T&imeline"), "F7", "", tr("Show or hide the timeline of the plan"), checkable=True),
    Command("show_tables", tr("&Tables"), "F8", "", tr("Show or hide the tables"), checkable=True),
    Command("show_plan", tr("&Plan"), "F9", "", tr("Show or hide the figures of the plan"), checkable=True),
    SEPARATOR,
    Command("colour_by", tr("&Colour Customers By")),
    Command("base_map", tr("&Base Map")),
    Command("appearance", tr("&Appearance")),
    Command("text_size", tr("Te&xt Size")),
    Command("language", tr("Lan&guage")),
)
BASE_MAP = (
    Command(
        "base_map_shipped", tr("&Shipped"), "", "", tr("Coasts and borders that come with the program"), checkable=True
    ),
    Command(
        "base_map_mbtiles", tr("&MBTiles File…"), "", "", tr("Map tiles from a file on this machine"), checkable=True
    ),
    Command(
        "base_map_online", tr("&Online Source…"), "", "", tr("Map tiles from a server that you name"), checkable=True
    ),
)
APPEARANCE = (
    Command("appearance_system", tr("As the &System"), checkable=True),
    Command("appearance_light", tr("&Light"), checkable=True),
    Command("appearance_dark", tr("&Dark"), checkable=True),
    SEPARATOR,
    Command("appearance_contrast_light", tr("High Contrast L&ight"), checkable=True),
    Command("appearance_contrast_dark", tr("&High Contrast Dark"), checkable=True),
)
TEXT_SIZE = (
    Command("text_larger", tr("&Larger Text"), Keys.ZoomIn, "", tr("Show all text larger")),
    Command("text_smaller", tr("&Smaller Text"), Keys.ZoomOut, "", tr("Show all text smaller")),
    Command("text_normal", tr("&Normal Text"), "Ctrl+Shift+0", "", tr("Show text as large as the system does")),
)
COLOUR_BY = (
    Command("colour_by_route", tr("&Route"), "", "", tr("Customers have the colours of their routes"), checkable=True),
    Command(
        "colour_by_profile",
        tr("&Profile"),
        "",
        "",
        tr("Customers of a profile have a colour and a shape"),
        checkable=True,
    ),
    Command(
        "colour_by_load", tr("&Load"), "", "", tr("Who gets or gives much is large and stands out"), checkable=True
    ),
    Command("colour_by_window", tr("Time &Window"), "", "", tr("By when the last time window closes"), checkable=True),
    Command("colour_by_lateness", tr("L&ateness"), "", "", tr("Who is served too late is a triangle"), checkable=True),
    Command("colour_by_vehicle", tr("&Vehicle"), "", "", tr("Customers of a vehicle type look alike"), checkable=True),
)
HELP = (
    Command("guide", tr("User &Guide"), "Shift+F1", "", tr("How everything is done, page by page")),
    Command("shortcuts", tr("&Keyboard Shortcuts"), "F1", "keyboard"),
    Command("show_hints", tr("Show &Hints Again"), "", "", tr("Bring back the hints for first steps")),
    SEPARATOR,
    Command("crash_reports", tr("&Crash Reports…"), "", "", tr("What was written down when something went wrong")),
    Command("copy_diagnostics", tr("Copy &Diagnostics"), "", "", tr("What this computer is, for whoever helps")),
    SEPARATOR,
    Command("about", tr("&About Routewright")),
)

MENUS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    ("file_menu", tr("&File"), FILE),
    ("edit_menu", tr("&Edit"), EDIT),
    ("select_menu", tr("&Select"), SELECT),
    ("map_menu", tr("&Map"), MAP),
    ("plan_menu", tr("&Plan"), PLAN),
    ("variants_menu", tr("Va&riants"), VARIANTS),
    ("view_menu", tr("&View"), VIEW),
    ("help_menu", tr("&Help"), HELP),
)
SUBMENUS: Mapping[str, tuple[Command, ...]] = {
    "base_map": BASE_MAP,
    "appearance": APPEARANCE,
    "colour_by": COLOUR_BY,
    "text_size": TEXT_SIZE,
    "lock": LOCK,
    "why": WHY,
    "recent": (),
    "select_profile": (),
    "language": (),
}
"""Commands that are menus of their own; what recent files, profiles and languages there are is not known here."""

TOOLBAR = (
    *("new", "open", "save", "", "undo", "redo", "", "mode_select", "mode_lasso"),
    *("mode_add_customer", "mode_add_depot", "mode_draw_zone", "mode_close_street", "fit"),
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
    submenus = {"plan_menu": (*LOCK, *WHY), "view_menu": TEXT_SIZE}
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
