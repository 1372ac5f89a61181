"""Masthead: an instrument that surveys what outlets publish."""

__version__ = "0.1.0"
