"""What was done to texts before they came here, and taking it back where it is sure what they were."""
