"""The corpus of political news, annotated by us: notation, reader, checks, statistics (`house/` holds the data)."""
