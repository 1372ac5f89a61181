"""What the index says of each subject, and of the survey as a whole."""
