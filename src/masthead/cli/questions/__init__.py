"""The commands that answer one question each."""
