"""Speed and memory, as ratios beside what a person would otherwise run: `make bench`."""
