"""What Masthead promises, each promise measured: the table of `masthead validate`."""
