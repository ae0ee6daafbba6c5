"""The document: plain typed blocks that every exporter sets, with nothing left to look up."""
