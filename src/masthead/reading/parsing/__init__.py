"""Sentences and their parses: each distinct one once, by worker processes."""
