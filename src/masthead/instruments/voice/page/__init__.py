"""The page of voices in a dossier."""
