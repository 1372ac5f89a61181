"""The pages of stories and of silences in a dossier."""
