"""The page of echoes in a dossier."""
