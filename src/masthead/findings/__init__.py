"""The findings of a survey: its tables, what a row and a column is, and how they are kept."""
