"""SMS Desk: SMS campaigns from a workstation, over a Chinese HTTP SMS gateway."""

__version__ = "0.1.0"
