"""The kinds of claims, and how each is judged."""
