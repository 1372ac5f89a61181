"""What a made-up press plants, drawn once per seed: allegiances, habits, stories, changes."""
