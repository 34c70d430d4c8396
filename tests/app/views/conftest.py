"""A small scenario, and the theme that views draw with."""

import pytest
from PySide6.QtWidgets import QApplication

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.language import languages
from app.model.document import Document
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Access, Customer, Depot, Profile, ProfileRule, Scenario, Settings, Vehicle, Zone
from app.views.colours import Appearance
from app.views.theme import Theme
from tests.app.views.speaking import Spoken, ask_window


@pytest.fixture
def scenario():
    """Two depots, two types of vehicles, six customers, one profile and one zone."""
    depots = {"D1": Depot("D1", "North", 60.20, 24.95), "D2": Depot("D2", "South", 60.15, 24.95)}
    vehicles = {
        "van": Vehicle("van", "Van", 2, (100.0,), "D1", "D1"),
        "bike": Vehicle("bike", "Cargo bike", 1, (20.0,), "D2", None),
    }
    customers = {
        f"C{number}": Customer(
            f"C{number}",
            f"Shop {number}",
            60.16 + number / 200,
            24.90 + number / 100,
            (float(number),),
            (0.0,),
            300,
            ((8 * 3600, 12 * 3600),) if number % 2 else (),
            profile="fragile" if number < 3 else "",
        )
        for number in range(1, 7)
    }
    profiles = {"fragile": Profile("fragile", "Fragile", {"van": ProfileRule(Access.PREFERRED, 5.0, 1.5)})}
    zones = {"Z1": Zone("Z1", "Centre", ((60.16, 24.93), (60.18, 24.93), (60.18, 24.96)), frozenset({"van"}))}
    return Scenario(depots, vehicles, customers, profiles, zones, Settings("Test", dimensions=("kg",)))


@pytest.fixture
def session(qtbot, scenario):
    """Edits of the small scenario, with a plan of two routes."""
    plan = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
    session = EditSession(Document(scenario, plan))
    yield session
    session.close()


@pytest.fixture
def selection(qtbot):
    """Nothing selected."""
    return Selection()


@pytest.fixture
def theme(qapp):
    """The light appearance; what it set is taken back."""
    made = Theme(qapp, Appearance.LIGHT)
    yield made
    made.set_text_scale(1.0)
    made.apply(Appearance.LIGHT)
    made.deleteLater()
    QApplication.instance().setStyleSheet("")


@pytest.fixture(scope="session")
def spoken_windows(tmp_path_factory) -> Spoken:
    """What the window says in each language."""
    return {language: ask_window(tmp_path_factory.mktemp(language), language) for language in languages()}
