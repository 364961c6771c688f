"""The window. It reaches the store, the gateway and the files only through `jobs`, and waits for none of them."""
