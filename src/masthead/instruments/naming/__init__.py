"""Naming: what an outlet calls a subject."""
