"""Drawn tables whose truth is known: how often intervals hold it, and how often nothing is found where nothing is."""
