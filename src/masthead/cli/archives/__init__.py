"""The commands that fill an archive, look into it and care for it."""
