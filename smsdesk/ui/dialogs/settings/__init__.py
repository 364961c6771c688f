"""The settings: one dialog, a module a topic."""

from smsdesk.ui.dialogs.settings.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
