"""Changes that the world dated: the search for changes, scored on people who changed office on a known day."""
