"""How the window looks: a palette, one style sheet, the size of text, spacing, and tinted icons."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyleFactory

from app.map.text_scale import note_text_scale, scaled, text_scale
from app.resources import resource
from app.views.colours import LIGHT, Appearance, Colours, colours_of

GAP = 8
"""Pixels between things that belong together."""

MARGIN = 12
"""Pixels around a group."""

BUTTON_ICON = 18
"""Pixels of the icon of a button outside the toolbar."""

RADIO = 14
"""Pixels of the disc of a radio button, within its rim of one."""

ICON_SIZES = (20, 40)
"""Pixels; the sizes at which an icon is drawn ahead, for screens of one and of two pixels a point."""


class Theme(QObject):
    """The appearance of the application, the size of its text, and the icons that follow them.

    Signals
    -------
    changed
        Colours are different now; bound icons have been drawn anew already.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._bound: list[tuple[QObject, str, bool]] = []
        self.appearance = appearance
        self.colours = LIGHT
        app.setStyle(QStyleFactory.create("Fusion"))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self.apply(appearance)

    @property
    def dark(self) -> bool:
        """Whether the dark colours are on."""
        return self.colours.dark

    def apply(self, appearance: Appearance) -> None:
        """Change to an appearance."""
        self.appearance = appearance
        hints = QGuiApplication.styleHints()
        self.colours = colours_of(
            appearance,
            dark=hints.colorScheme() is Qt.ColorScheme.Dark,
            contrast=hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast,
        )
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours))
        for target, name, on_accent in self._bound:
            target.setIcon(self.icon(name, on_accent=on_accent))  # type: ignore[attr-defined]
        self.changed.emit()

    def set_text_scale(self, scale: float) -> None:
        """Draw all text at this scale of what the system uses; every widget is told that its font has changed."""
        if scale == text_scale():
            return
        note_text_scale(scale)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(font.pointSizeF() * scale)
        self._app.setFont(font)
        for target, _, _ in self._bound:
            if isinstance(target, QAbstractButton):
                target.setIconSize(QSize(scaled(BUTTON_ICON), scaled(BUTTON_ICON)))
        self._app.setStyleSheet(style_sheet(self.colours))

    def bind(self, target: QObject, name: str, *, on_accent: bool = False) -> None:
        """Give an action or a button an icon that follows the appearance, until it is destroyed."""
        self._bound.append((target, name, on_accent))
        target.destroyed.connect(lambda: self._forget(target))
        target.setIcon(self.icon(name, on_accent=on_accent))  # type: ignore[attr-defined]
        if isinstance(target, QAbstractButton):
            target.setIconSize(QSize(scaled(BUTTON_ICON), scaled(BUTTON_ICON)))

    def icon(self, name: str, *, on_accent: bool = False) -> QIcon:
        """Return an icon of ``resources/icons`` in the colours of now."""
        drawn = svg_of(name)
        icon = QIcon()
        normal = self.colours.on_accent if on_accent else self.colours.text
        faded = QColor(self.colours.muted)
        faded.setAlphaF(0.45)
        for size in ICON_SIZES:
            icon.addPixmap(tinted(drawn, QColor(normal), size), QIcon.Mode.Normal, QIcon.State.Off)
            icon.addPixmap(tinted(drawn, QColor(self.colours.accent), size), QIcon.Mode.Normal, QIcon.State.On)
            icon.addPixmap(tinted(drawn, faded, size), QIcon.Mode.Disabled)
        return icon

    def _forget(self, target: QObject) -> None:
        self._bound = [bound for bound in self._bound if bound[0] is not target]

    def _on_system_changed(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self.apply(Appearance.SYSTEM)


def svg_of(name: str) -> str:
    """Return the text of an icon of ``resources/icons``."""
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def tinted(svg: str, colour: QColor, size: int) -> QPixmap:
    """Return a square pixmap of an SVG whose ``currentColor`` is ``colour``."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour.name()).encode()))
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def palette(colours: Colours) -> QPalette:
    """Return the Qt palette of an appearance."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.base),
        (roles.AlternateBase, colours.alternate),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.Button, colours.raised),
        (roles.ButtonText, colours.text),
        (roles.ToolTipBase, colours.raised),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.selection),
        (roles.HighlightedText, colours.text),
        (roles.Link, colours.accent),
        (roles.Accent, colours.accent),
        (roles.BrightText, colours.error),
        (roles.Light, colours.raised),
        (roles.Midlight, colours.hover),
        (roles.Mid, colours.border),
        (roles.Dark, colours.border),
        (roles.Shadow, colours.border),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        faded = QColor(colours.muted)
        faded.setAlphaF(0.55)
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def style_sheet(colours: Colours) -> str:
    """Return what the palette cannot say: edges, spacing and corners."""
    chevron, tick = (resource(f"icons/{name}.svg").as_posix() for name in (colours.chevron, colours.tick))
    heading, disc = 15 * text_scale(), scaled(RADIO)
    ring = disc * 5 // 14  # around the dot of the chosen one
    return f"""
QMainWindow::separator {{ background: {colours.border}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {colours.accent}; }}
QToolBar {{ background: {colours.raised}; border: none; border-bottom: 1px solid {colours.border};
    padding: 2px 8px; spacing: 3px; }}
QToolBar::separator {{ background: {colours.border}; width: 1px; margin: 5px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px; color: {colours.text}; }}
QToolButton:hover {{ background: {colours.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {colours.selection}; }}
QToolButton:focus {{ border-color: {colours.accent}; }}
QMenuBar {{ background: {colours.raised}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {colours.hover}; }}
QMenu {{ background: {colours.raised}; border: 1px solid {colours.border}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 10px; border-radius: 5px; }}
QMenu::item:selected {{ background: {colours.selection}; }}
QMenu::item:disabled {{ color: {colours.muted}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {colours.border}; margin: 5px 8px; }}
QDockWidget {{ titlebar-close-icon: none; titlebar-normal-icon: none; }}
QDockWidget::title {{ background: {colours.window}; padding: 8px 12px 6px 12px; text-align: left; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {colours.border}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {colours.muted}; padding: 7px 12px 6px 12px; border: none;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {colours.text}; }}
QTabBar::tab:selected {{ color: {colours.text}; border-bottom-color: {colours.accent}; }}
QTabBar::tab:selected:focus {{ background: {colours.selection}; }}
QStatusBar {{ background: {colours.raised}; border-top: 1px solid {colours.border}; min-height: {scaled(26)}px; }}
QStatusBar::item {{ border: none; }}
QStatusBar QToolButton {{ padding: 1px 6px; }}
QStatusBar QLabel {{ padding: 0 6px; color: {colours.muted}; }}
QTableView {{ border: 1px solid transparent; gridline-color: {colours.border}; background: {colours.base};
    alternate-background-color: {colours.alternate}; selection-background-color: {colours.selection};
    selection-color: {colours.text}; }}
QTableView::item {{ padding: 0 5px; }}
QTableView {{ outline: none; }}
QTableView:focus, QListView:focus, QTreeView:focus, QScrollArea:focus {{ border: 1px solid {colours.accent}; }}
QScrollArea {{ border: 1px solid transparent; }}
QTableView::item:focus {{ border: 1px solid {colours.accent}; }}
QListView {{ background: {colours.base}; alternate-background-color: {colours.alternate};
    border: 1px solid {colours.border}; border-radius: 6px; selection-background-color: {colours.selection};
    selection-color: {colours.text}; outline: none; }}
QTreeView {{ background: {colours.base}; alternate-background-color: {colours.alternate};
    border: 1px solid {colours.border}; border-radius: 6px; selection-background-color: {colours.selection};
    selection-color: {colours.text}; outline: none; }}
QTreeView::item {{ padding: 0 5px; height: {scaled(26)}px; }}
QTreeView::item:selected {{ background: {colours.selection}; color: {colours.text}; }}
#command_ways::item {{ padding: 3px 6px; border-radius: 4px; }}
#command_ways::item:selected {{ background: {colours.selection}; color: {colours.text}; }}
#licences_list::item {{ padding: 3px 6px; }}
QPlainTextEdit {{ background: {colours.base}; border: 1px solid {colours.border}; border-radius: 6px; padding: 2px;
    selection-background-color: {colours.accent}; selection-color: {colours.on_accent}; }}
QPlainTextEdit:focus {{ border-color: {colours.accent}; }}
QComboBox QListView {{ border-radius: 0; }}
QHeaderView {{ background: {colours.window}; }}
QHeaderView::section {{ background: {colours.window}; color: {colours.muted}; border: none;
    border-bottom: 1px solid {colours.border}; border-right: 1px solid {colours.border}; padding: 5px 8px; }}
QHeaderView::section:vertical {{ padding: 0 7px; border-right: 1px solid {colours.border}; }}
QTableCornerButton::section {{ background: {colours.window}; border: none;
    border-bottom: 1px solid {colours.border}; }}
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {colours.base}; color: {colours.text};
    border: 1px solid {colours.border}; border-radius: 6px; padding: 4px 8px; min-height: {scaled(18)}px;
    selection-background-color: {colours.accent}; selection-color: {colours.on_accent}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border-color: {colours.accent}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
    background: {colours.window}; color: {colours.muted}; }}
QSpinBox, QDoubleSpinBox {{ padding-right: 2px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    width: 0; border: none; }}
QComboBox {{ padding-right: 22px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {scaled(12)}px; height: {scaled(12)}px; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{ width: {scaled(15)}px; height: {scaled(15)}px; border: 1px solid {colours.muted};
    border-radius: 4px; background: {colours.base}; }}
QCheckBox::indicator:checked {{ background: {colours.accent}; border-color: {colours.accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {colours.accent}; }}
QCheckBox::indicator:checked:focus {{ border: 2px solid {colours.text}; }}
QRadioButton {{ spacing: 8px; border: 1px solid transparent; border-radius: 4px; padding: 1px 5px 1px 3px; }}
QRadioButton:focus {{ border-color: {colours.accent}; }}
QRadioButton:disabled {{ color: {colours.muted}; }}
QRadioButton::indicator {{ width: {disc}px; height: {disc}px; border: 1px solid {colours.muted};
    border-radius: {disc // 2 + 1}px; background: {colours.base}; }}
QRadioButton::indicator:disabled {{ border-color: {colours.border}; }}
QRadioButton::indicator:checked {{ width: {disc + 2 - 2 * ring}px; height: {disc + 2 - 2 * ring}px;
    border: {ring}px solid {colours.accent}; }}
QSlider::groove:horizontal {{ height: 4px; background: {colours.border}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: {scaled(13)}px; margin: -{scaled(5)}px 0; background: {colours.base};
    border: 2px solid {colours.accent}; border-radius: {scaled(7)}px; }}
QSlider::handle:horizontal:focus {{ background: {colours.accent}; border-color: {colours.text}; }}
QTableView QLineEdit, QTableView QComboBox, QTableView QDoubleSpinBox {{ border-radius: 0; padding: 0 5px;
    min-height: 0; }}
QAbstractSpinBox QLineEdit, QTableView QAbstractSpinBox QLineEdit {{ border: none; padding: 0; min-height: 0;
    background: transparent; }}
#rule_editor {{ background: {colours.border}; }}
QPushButton {{ background: {colours.raised}; border: 1px solid {colours.border}; border-radius: 6px;
    padding: 5px 14px; min-height: {scaled(18)}px; }}
QPushButton:hover {{ background: {colours.hover}; }}
QPushButton:focus {{ border-color: {colours.accent}; }}
QPushButton:disabled {{ color: {colours.muted}; background: {colours.window}; }}
QPushButton[primary="true"], QPushButton:default {{ background: {colours.accent}; border-color: {colours.accent};
    color: {colours.on_accent}; }}
QPushButton[primary="true"]:hover, QPushButton:default:hover {{ background: {colours.accent_hover}; }}
QPushButton[primary="true"]:focus, QPushButton:default:focus {{ border: 2px solid {colours.text}; padding: 4px 13px; }}
QPushButton[primary="true"]:disabled, QPushButton:default:disabled {{ background: {colours.hover};
    border-color: {colours.border}; color: {colours.muted}; }}
QLabel[muted="true"] {{ color: {colours.muted}; }}
QLabel[keys="true"] {{ background: {colours.raised}; border: 1px solid {colours.border}; border-radius: 4px;
    padding: 0 5px; }}
QLabel[error="true"] {{ color: {colours.error}; }}
QLabel[heading="true"] {{ font-size: {heading}pt; font-weight: 600; }}
QFrame[card="true"] {{ background: {colours.raised}; border: 1px solid {colours.border}; border-radius: 8px; }}
QFrame[inlineMessage="true"] {{ background: {colours.error_base}; border: 1px solid {colours.error};
    border-radius: 6px; }}
QFrame[inlineMessage="true"] QLabel {{ color: {colours.error}; }}
QFrame[hint="true"] {{ background: {colours.selection}; border: 1px solid {colours.accent}; border-radius: 6px; }}
QFrame[hint="true"] QLabel {{ color: {colours.text}; }}
QToolTip {{ background: {colours.raised}; color: {colours.text}; border: 1px solid {colours.border};
    padding: 4px 6px; }}
QAbstractScrollArea::corner {{ background: {colours.window}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {colours.border}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {colours.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {colours.border}; }}
#reading_splitter::handle {{ background: transparent; }}
QProgressBar {{ border: none; background: {colours.hover}; border-radius: 3px; max-height: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {colours.accent}; border-radius: 3px; }}
"""
