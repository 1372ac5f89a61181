"""Changes: when a figure changed, from what to what."""
