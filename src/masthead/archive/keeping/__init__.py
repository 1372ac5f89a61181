"""How an archive keeps what it holds: the index, steps that happen whole or not at all, digests, mending, undoing."""
