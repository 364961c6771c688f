"""Settings, passwords and places on disk."""
