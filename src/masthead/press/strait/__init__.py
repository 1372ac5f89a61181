"""The made-up strait: its subjects, outlets and places."""
