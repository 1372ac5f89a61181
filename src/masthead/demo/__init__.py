"""The demo: what was planted in its press, beside what a survey of it finds."""
