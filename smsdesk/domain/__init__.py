"""Facts and rules of the field. Nothing else of the program is imported here."""
