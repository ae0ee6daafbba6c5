"""Takes one news article apart, checks its figures against the record, and prints what it found."""

__version__ = "0.1.0"
