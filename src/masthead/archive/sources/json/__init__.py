"""JSON and JSON Lines: the decoder, the documents of a file, and the importer over them."""
