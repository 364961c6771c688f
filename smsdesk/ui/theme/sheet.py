"""The palette and the style sheet that are made of the tokens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from smsdesk.settings.settings import Theme
from smsdesk.ui.theme.tokens import DARK, LIGHT, RADIUS, RADIUS_LARGE, RADIUS_SMALL, Tokens


def is_dark(app: QApplication, theme: Theme) -> bool:
    """Whether `theme` means dark at the moment."""
    if theme is Theme.SYSTEM:
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme is Theme.DARK


def apply(app: QApplication, theme: Theme, icons: Path) -> None:
    """Dress the whole application; `icons` is the folder of the icons."""
    schemes = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    tokens = DARK if is_dark(app, theme) else LIGHT
    app.setPalette(palette(tokens))
    app.setStyleSheet(_sheet(tokens, icons.as_posix()))


def large(font: QFont, factor: float, *, bold: bool = True) -> QFont:
    """`font`, larger: for headings and the one figure of a page."""
    bigger = QFont(font)
    bigger.setPointSizeF(font.pointSizeF() * factor)
    bigger.setBold(bold)
    return bigger


def palette(t: Tokens) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.raised,
        role.Text: t.text,
        role.Button: t.surface,
        role.ButtonText: t.text,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
        role.PlaceholderText: t.quiet,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.Mid: t.line,
    }
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.quiet))
    return made


def _sheet(t: Tokens, icons: str) -> str:
    kind = "dark" if t is DARK else "light"
    return f"""
QWidget {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", sans-serif; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 8px; }}
{_frames(t)}
{_buttons(t, icons)}
{_fields(t, icons, kind)}
{_tables(t, icons)}
{_the_rest(t)}
"""


def _frames(t: Tokens) -> str:
    """Tabs, cards, notices, bubbles."""
    return f"""
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ padding: 8px; color: {t.quiet}; border-bottom: 3px solid transparent; }}
QTabBar::tab:hover {{ color: {t.text}; background: {t.raised}; }}
QTabBar::tab:selected {{ color: {t.accent}; font-weight: 600; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ background: {t.accent_soft}; }}
QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
QFrame#phone {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: {RADIUS_LARGE}px; }}
QLabel#bubble {{ background: {t.accent_soft}; color: {t.text}; border-radius: {RADIUS}px; padding: 8px 12px; }}
QFrame#ours {{ background: {t.accent_soft}; border: 1px solid {t.accent_soft}; border-radius: {RADIUS_LARGE}px; }}
QFrame#theirs {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_LARGE}px; }}
QFrame#ours QLabel {{ color: {t.text}; }}
QFrame#ours QLabel[tone="good"] {{ color: {t.text}; }}
QTextEdit#said {{ background: transparent; border: none; padding: 0; color: {t.text};
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QFrame#drop {{ border: 2px dashed {t.line}; border-radius: {RADIUS}px; background: {t.raised}; }}
QLabel#step {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600;
    min-width: 24px; max-width: 24px; min-height: 24px; max-height: 24px; border-radius: 12px; }}
QLabel[quiet="true"] {{ color: {t.quiet}; }}
QLabel[tone="good"] {{ color: {t.good}; }}
QLabel[tone="bad"] {{ color: {t.bad}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QFrame#notice {{ border-radius: {RADIUS}px; border: 1px solid {t.line}; background: {t.raised}; }}
QFrame#notice[tone="good"] {{ background: {t.good_soft}; border-color: {t.good}; }}
QFrame#notice[tone="bad"] {{ background: {t.bad_soft}; border-color: {t.bad}; }}
QFrame#notice[tone="warn"] {{ background: {t.warn_soft}; border-color: {t.warn}; }}
QGroupBox {{ border: 1px solid {t.line}; border-radius: {RADIUS}px; margin-top: 12px; padding: 12px;
    font-weight: 600; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; left: 12px; padding: 0 4px; }}
"""


def _buttons(t: Tokens, icons: str) -> str:
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
    border-radius: {RADIUS_SMALL}px; padding: 6px 12px; }}
QPushButton:hover {{ background: {t.raised}; border-color: {t.quiet}; }}
QPushButton:pressed {{ background: {t.accent_soft}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 5px 11px; }}
QPushButton:disabled {{ color: {t.quiet}; background: {t.window}; border-color: {t.line}; }}
QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
    font-weight: 600; }}
QPushButton[primary="true"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[primary="true"]:focus {{ border-color: {t.text}; }}
QPushButton[primary="true"]:disabled {{ background: {t.line}; color: {t.quiet}; border-color: {t.line}; }}
QPushButton[chip="true"] {{ padding: 3px 12px; border-radius: 12px; color: {t.accent};
    background: {t.surface}; border-color: {t.line}; }}
QPushButton[chip="true"]:hover {{ background: {t.accent_soft}; }}
QPushButton[chip="true"]:checked {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[chip="true"]:focus {{ border: 2px solid {t.accent}; padding: 2px 11px; }}
QPushButton[chip="true"]:checked:focus {{ border-color: {t.text}; }}
QPushButton[icon="true"] {{ padding: 6px 8px; }}
QPushButton[icon="true"]:focus {{ padding: 5px 7px; }}
QPushButton[plain="true"] {{ background: transparent; border-color: transparent; }}
QPushButton[plain="true"]:hover {{ background: {t.accent_soft}; }}
QPushButton[plain="true"]:focus {{ border-color: {t.accent}; }}
QPushButton::menu-indicator {{ image: url("{icons}/arrow-down-small.svg"); width: 16px; height: 16px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }}
QPushButton[icon="true"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[menu="true"] {{ padding-right: 28px; }}
QPushButton[menu="true"]:focus {{ padding-right: 27px; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {RADIUS_SMALL}px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.quiet}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
"""


def _fields(t: Tokens, icons: str, kind: str) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {t.surface}; color: {t.text};
    border: 1px solid {t.line}; border-radius: {RADIUS_SMALL}px; padding: 5px 8px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {t.quiet}; }}
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 2px solid {t.accent}; padding: 4px 7px; }}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ background: {t.window}; color: {t.quiet}; }}
QLineEdit[wrong="true"] {{ border-color: {t.bad}; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{
    image: url("{icons}/arrow-down-small.svg"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
    selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: 0; }}
QAbstractSpinBox {{ padding-right: 24px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    border: none; background: transparent; width: 22px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
    image: url("{icons}/arrow-up-small.svg"); width: 14px; height: 14px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
    image: url("{icons}/arrow-down-small.svg"); width: 14px; height: 14px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px 4px 3px 2px; border: 2px solid transparent;
    border-radius: {RADIUS_SMALL}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.quiet}; }}
QCheckBox::indicator, QTableView::indicator {{ width: 16px; height: 16px; border: 1px solid {t.quiet};
    border-radius: 4px;
    background: {t.surface}; }}
QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {t.quiet}; border-radius: 9px;
    background: {t.surface}; }}
QCheckBox::indicator:checked, QTableView::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url("{icons}/checked-{kind}.svg"); }}
QRadioButton::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url("{icons}/chosen-{kind}.svg"); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.line}; background: {t.window}; }}
"""


def _tables(t: Tokens, icons: str) -> str:
    return f"""
QTableView, QListWidget, QListView#conversations {{ background: {t.surface};
    alternate-background-color: {t.raised}; border: 1px solid {t.line}; border-radius: {RADIUS}px; outline: 0;
    gridline-color: transparent; selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
QTableView:focus, QListWidget:focus, QListView#conversations:focus {{ border-color: {t.accent}; }}
QTableView::item, QListWidget::item {{ padding: 4px 8px; border: none; }}
QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.line}; padding: 7px 11px; font-weight: 600; }}
QHeaderView::section:hover {{ color: {t.text}; }}
QHeaderView::up-arrow {{ image: url("{icons}/arrow-up-small.svg"); width: 14px; height: 14px; }}
QHeaderView::down-arrow {{ image: url("{icons}/arrow-down-small.svg"); width: 14px; height: 14px; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
"""


def _the_rest(t: Tokens) -> str:
    """Progress, scroll bars, the status bar."""
    return f"""
QProgressBar {{ background: {t.line}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QStatusBar {{ border-top: 1px solid {t.line}; color: {t.quiet}; }}
QStatusBar QLabel {{ padding: 2px 12px; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: transparent; }}
QScrollArea, QScrollArea > .QWidget > QWidget {{ background: transparent; border: none; }}
"""
