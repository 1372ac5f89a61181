"""Where words stand in a text: one rule for the aliases of a study, for `find`, and in every script."""
