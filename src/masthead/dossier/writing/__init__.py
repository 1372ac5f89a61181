"""How figures, notes and names are written on a page."""
