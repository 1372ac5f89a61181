"""Portrayal: in what light an outlet shows a subject."""
