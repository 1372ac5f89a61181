"""Alignment: with whom an outlet sides, and what explains that."""
