"""The headquarters and a year of support: what was announced, what was pledged, what a tracker counts."""


def facts(record, ledger) -> None:
    """Add nothing yet."""
