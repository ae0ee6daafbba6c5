"""Facts: what one is, how it comes about from rows, how it prints, and sentences that name them."""
