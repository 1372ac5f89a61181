"""What an archive holds, seen from above: outlets, months, gaps, names that look alike, words."""
