"""Reading PDF files: pages, structure, fields, signatures."""
