"""What needs many articles at once: reuse, stories, repeats, and what stands around articles."""
