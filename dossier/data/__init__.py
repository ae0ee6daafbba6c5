"""The tables: their schema, their types, their checks, and what of them was known on a day."""
