"""`masthead code`: what people code, from the draw to their agreement."""
