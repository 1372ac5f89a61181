"""The page of kinship in a dossier."""
