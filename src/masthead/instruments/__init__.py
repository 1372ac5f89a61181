"""The instruments: a room for each question that a survey answers of an outlet."""
