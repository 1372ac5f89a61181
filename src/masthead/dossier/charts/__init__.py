"""Figures drawn: series over time, and intervals on an axis."""
