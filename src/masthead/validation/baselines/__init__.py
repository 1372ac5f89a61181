"""What anyone would try first, given every advantage: what the readers are held against."""
