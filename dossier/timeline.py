"""The timeline: dated events from the treaty to the as-of day, relative to the article."""


def facts(record, ledger) -> None:
    """Add nothing yet."""
