"""Forecast: whether what an outlet says will happen comes true."""
