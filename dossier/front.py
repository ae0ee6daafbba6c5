"""The front: its length against the ruler, its parts, its days, and what others published."""


def facts(record, ledger) -> None:
    """Add nothing yet."""
