"""What every room agrees on: columns, tables and the year's notice."""
