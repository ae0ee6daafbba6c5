"""What an analyst does to the tables without code: where they stand, new claims, moved anchors."""
