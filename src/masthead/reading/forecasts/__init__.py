"""What articles say will happen: the clauses, how sure they sound, by when, and in whose voice."""

from masthead.reading.forecasts.reader import FORETOLD_SCHEMA, ForecastsReading, read_forecasts
from masthead.reading.forecasts.wording import BANDS

__all__ = ["BANDS", "FORETOLD_SCHEMA", "ForecastsReading", "read_forecasts"]
