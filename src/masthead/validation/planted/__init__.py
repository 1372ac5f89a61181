"""What was planted in a press, beside what a survey of it finds."""
