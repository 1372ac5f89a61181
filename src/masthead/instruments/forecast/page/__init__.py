"""The page of forecasts in a dossier."""
