"""Masthead measured on itself: nothing that a user's survey runs imports this."""
