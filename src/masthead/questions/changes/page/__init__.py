"""The page of changes in a dossier."""
