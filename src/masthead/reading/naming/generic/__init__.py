"""Generic nouns (`rebels`): whether one means its subject, or somebody else."""
