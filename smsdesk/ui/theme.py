"""How it looks: the tokens of both themes, and the style sheet made of them. Nothing else names a colour or a size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from smsdesk.settings.settings import Theme

SPACE = 4
"""The unit of all gaps, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme. Every text colour has a contrast of at least 4.5:1 on `surface` and on `window`."""

    window: str
    surface: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    bad: str
    warn: str
    good_soft: str
    bad_soft: str
    warn_soft: str


LIGHT = Tokens(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#fafbfc",
    line="#d9dce3",
    text="#1c2230",
    quiet="#5a6474",
    accent="#1f5fd0",
    on_accent="#ffffff",
    accent_soft="#e6eefc",
    good="#11703f",
    bad="#b3261e",
    warn="#8a5300",
    good_soft="#e3f5ea",
    bad_soft="#fdeceb",
    warn_soft="#fdf1dc",
)
DARK = Tokens(
    window="#16191f",
    surface="#1e222a",
    raised="#252a33",
    line="#3a414e",
    text="#e8ebf1",
    quiet="#a3adbd",
    accent="#7aa7ff",
    on_accent="#0c1526",
    accent_soft="#26344f",
    good="#6fd39b",
    bad="#ff9a92",
    warn="#f3bd62",
    good_soft="#1f3a2b",
    bad_soft="#43262a",
    warn_soft="#40341f",
)


def is_dark(app: QApplication, theme: Theme) -> bool:
    """Whether `theme` means dark at the moment."""
    if theme is Theme.SYSTEM:
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme is Theme.DARK


def tokens_of(palette: QPalette) -> Tokens:
    """The tokens that a widget's palette was made of."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


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
    return f"""
QWidget {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", sans-serif; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: {t.window}; }}
QTabBar::tab {{ padding: 8px 16px; color: {t.quiet}; border-bottom: 3px solid transparent; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.text}; font-weight: 600; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ background: {t.accent_soft}; }}
QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame#phone {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 16px; }}
QLabel#bubble {{ background: {t.accent_soft}; color: {t.text}; border-radius: 10px; padding: 8px 10px; }}
QFrame#ours {{ background: {t.accent_soft}; border: 1px solid {t.accent_soft}; border-radius: 12px; }}
QFrame#theirs {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 12px; }}
QFrame#ours QLabel {{ color: {t.text}; }}
QFrame#ours QLabel[tone="good"] {{ color: {t.text}; }}
QTextEdit#said {{ background: transparent; border: none; padding: 0; color: {t.text};
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QListView#conversations {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; outline: 0; }}
QListView#conversations:focus {{ border-color: {t.accent}; }}
QFrame#drop {{ border: 2px dashed {t.line}; border-radius: 8px; background: {t.raised}; }}
QLabel[quiet="true"] {{ color: {t.quiet}; }}
QLabel[tone="good"] {{ color: {t.good}; }}
QLabel[tone="bad"] {{ color: {t.bad}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QFrame#notice {{ border-radius: 8px; border: 1px solid {t.line}; background: {t.raised}; }}
QFrame#notice[tone="good"] {{ background: {t.good_soft}; border-color: {t.good}; }}
QFrame#notice[tone="bad"] {{ background: {t.bad_soft}; border-color: {t.bad}; }}
QFrame#notice[tone="warn"] {{ background: {t.warn_soft}; border-color: {t.warn}; }}
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: 6px;
    padding: 6px 14px; }}
QPushButton:hover {{ background: {t.raised}; border-color: {t.quiet}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {t.quiet}; background: {t.window}; }}
QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
    font-weight: 600; }}
QPushButton[primary="true"]:focus {{ border-color: {t.text}; }}
QPushButton[primary="true"]:disabled {{ background: {t.line}; color: {t.quiet}; border-color: {t.line}; }}
QPushButton[chip="true"] {{ padding: 2px 10px; border-radius: 11px; color: {t.accent};
    background: {t.surface}; border-color: {t.line}; }}
QPushButton[chip="true"]:checked {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[chip="true"]:focus {{ border: 2px solid {t.accent}; padding: 1px 9px; }}
QPushButton[icon="true"] {{ padding: 6px 10px; }}
QPushButton[icon="true"]:focus {{ padding: 5px 9px; }}
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {t.surface}; color: {t.text};
    border: 1px solid {t.line}; border-radius: 6px; padding: 5px 8px; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 2px solid {t.accent}; padding: 4px 7px; }}
QLineEdit[wrong="true"] {{ border-color: {t.bad}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 16px; height: 16px; }}
QDateTimeEdit::drop-down {{ border: none; width: 24px; }}
QDateTimeEdit::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 16px; height: 16px; }}
QAbstractSpinBox {{ padding-right: 24px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    border: none; background: transparent; width: 22px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
    image: url("{icons}/chevron-up.svg"); width: 14px; height: 14px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
    image: url("{icons}/chevron-down.svg"); width: 14px; height: 14px; }}
QPushButton::menu-indicator {{ image: url("{icons}/chevron-down.svg"); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }}
QPushButton[menu="true"] {{ padding-right: 26px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; }}
QTableView, QListWidget {{ background: {t.surface}; alternate-background-color: {t.raised}; border: 1px solid {t.line};
    border-radius: 8px; outline: 0; gridline-color: transparent; selection-background-color: {t.accent_soft};
    selection-color: {t.text}; }}
QTableView:focus, QListWidget:focus {{ border-color: {t.accent}; }}
QTableView::item, QListWidget::item {{ padding: 4px 8px; border: none; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.line}; padding: 6px 8px; font-weight: 600; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 4px; height: 8px; }}
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
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
"""
