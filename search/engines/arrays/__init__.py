"""The embedded engine: postings and doc values as memory-mapped arrays beside each Whoosh segment."""
