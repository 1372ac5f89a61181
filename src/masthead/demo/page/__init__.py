"""What a made-up press planted, on a dossier's index."""
