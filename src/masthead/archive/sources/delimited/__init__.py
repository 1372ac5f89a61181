"""CSV and TSV: rows by their shape, quotation marks, and the importer over them."""
