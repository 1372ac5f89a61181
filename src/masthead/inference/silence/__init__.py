"""Silence in numbers: what an outlet would be expected to run, and whether it ran less."""
