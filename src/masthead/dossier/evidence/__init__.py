"""The pages of sentences behind the figures."""
