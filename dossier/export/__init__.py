"""The two nbconvert exporters: a document in, HTML or PDF out."""
