"""Which words with what hangs on them are attributions: candidates, and the weights that people's marks taught."""
