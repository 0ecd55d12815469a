"""What is shipped as data: seed tables, divisions, the schema, and where the files lie."""
