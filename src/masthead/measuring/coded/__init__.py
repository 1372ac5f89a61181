"""Figures that people's codes correct: the units that were coded, and what is estimated of them."""
