"""Tables over the store: rows read by key, a page at a time."""
