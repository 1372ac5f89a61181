"""`masthead validate …`: Masthead measured on itself."""
