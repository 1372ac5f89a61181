"""The page of claims in a dossier."""
