"""Defence expenditure against the target: shares, counts by edition, the cross-check, the pledges."""


def facts(record, ledger) -> None:
    """Add nothing yet."""
