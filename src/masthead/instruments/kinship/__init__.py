"""Kinship: whose distinctive wording an outlet uses."""
