"""Tables: where the tables and cards of a sheet are, which column is which, and their rows as records of text."""
