"""The page of alignment in a dossier."""
