"""Labels by the chunks of a sentence: the frames in which newspapers set a name."""
