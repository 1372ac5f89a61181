"""`masthead evaluate …`: readers scored against human labels."""
