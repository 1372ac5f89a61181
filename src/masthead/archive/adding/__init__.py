"""Adding a file to an archive: which column is what, which rows become articles, in which language they are."""
