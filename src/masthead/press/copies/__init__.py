"""Articles made of other outlets' articles: wire copy, and reprints at every degree of editing."""
