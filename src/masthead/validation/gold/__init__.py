"""How good a reader's guesses are: a gold file of human labels, scored with intervals."""
