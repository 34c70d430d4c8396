"""The commands that select, and those of the map."""

from __future__ import annotations

from app.language import tr
from app.views.command import SEPARATOR, Command
from app.views.roads.road_commands import ROADS
from app.views.servers.server_commands import FIND, SERVERS

SELECT = (
    Command(
        "select_all",
        tr("&All Customers"),
        "",
        "",
        tr("Select every customer; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command("select_none", tr("&Nothing"), "Ctrl+Shift+A", "", tr("Clear the selection")),
    Command("select_inverse", tr("&Inverse"), "Ctrl+Shift+I", "", tr("Select the customers that are not selected")),
    SEPARATOR,
    Command(
        "select_in_view",
        tr("In &View"),
        "",
        "",
        tr("Select the customers that the map shows; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command(
        "select_same_profile",
        tr("Same &Profile"),
        "Ctrl+Shift+P",
        "",
        tr("Select all customers of the profiles; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command(
        "select_same_route",
        tr("Same &Route"),
        "Ctrl+Shift+R",
        "",
        tr("Select all customers on the routes; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command("select_profile", tr("By Pr&ofile")),
    SEPARATOR,
    Command(
        "select_served",
        tr("&Served"),
        "",
        "",
        tr("Select the customers on a route; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command(
        "select_unserved",
        tr("&Unserved"),
        "",
        "",
        tr("Select the customers on no route; with Shift add them to the selection, with Ctrl take them out"),
    ),
    Command(
        "select_late",
        tr("&Late"),
        "",
        "",
        tr(
            "Select the customers that are served too late; "
            "with Shift add them to the selection, with Ctrl take them out"
        ),
    ),
    Command(
        "select_locked",
        tr("Loc&ked"),
        "",
        "",
        tr(
            "Select the customers that are locked in the plan; "
            "with Shift add them to the selection, with Ctrl take them out"
        ),
    ),
    Command(
        "select_windowed",
        tr("With Time &Windows"),
        "",
        "",
        tr(
            "Select the customers that have time windows; with Shift add them to the selection, with Ctrl take them out"
        ),
    ),
    Command(
        "select_any_time",
        tr("At Any &Time"),
        "",
        "",
        tr("Select the customers without time windows; with Shift add them to the selection, with Ctrl take them out"),
    ),
)
MAP = (
    Command(
        "mode_select",
        tr("&Select"),
        "S",
        "select",
        tr("Select on the map, and drag stops from route to route"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_move",
        tr("&Move Places"),
        "M",
        "move",
        tr("Drag depots and customers to other places on the map"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_add_customer",
        tr("Add &Customers"),
        "C",
        "add-customer",
        tr("Click to add customers"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_add_depot", tr("Add &Depots"), "D", "add-depot", tr("Click to add depots"), checkable=True, local=True
    ),
    Command(
        "mode_rectangle",
        tr("Select in a &Rectangle"),
        "R",
        "rectangle",
        tr("Draw a rectangle around what should be selected; with Shift add it, with Ctrl take it out"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_lasso",
        tr("Select with a &Lasso"),
        "L",
        "lasso",
        tr("Draw a line around what should be selected; with Shift add it, with Ctrl take it out"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_draw_zone",
        tr("Draw &Zones"),
        "Z",
        "zone",
        tr("Click the corners of a zone, and say which vehicles may enter"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_close_street",
        tr("Close a Stree&t"),
        "X",
        "close-street",
        tr("Draw along a street that is closed today; the plan follows"),
        checkable=True,
        local=True,
    ),
    Command(
        "mode_ask",
        tr("&Ask Why Not Next"),
        "Q",
        "",
        tr("Click a stop, then another one, to ask why that does not come next"),
        checkable=True,
        local=True,
    ),
    SEPARATOR,
    Command(
        "zone_next_corner", tr("&Next Corner"), "N", "", tr("Go to the next corner of the selected zone"), local=True
    ),
    Command("zone_previous_corner", tr("&Previous Corner"), "Shift+N", "", tr("Go to the corner before"), local=True),
    Command("zone_insert_corner", tr("&Insert Corner"), "I", "", tr("Put a corner behind the present one"), local=True),
    SEPARATOR,
    *ROADS,
    *SERVERS,
    SEPARATOR,
    FIND,
    Command("fit", tr("Show &Everything"), "Ctrl+0", "fit", tr("Bring all depots, customers and zones into view")),
)
