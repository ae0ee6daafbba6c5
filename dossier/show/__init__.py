"""What a notebook calls: the report, tables, charts and maps."""
