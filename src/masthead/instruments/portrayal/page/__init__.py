"""The section of portrayal on a dossier's index."""
