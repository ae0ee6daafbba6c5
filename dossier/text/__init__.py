"""One grammar of numbers, units, dates and qualifiers, for all that reads or prints them."""
