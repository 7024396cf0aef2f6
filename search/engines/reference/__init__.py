"""The exact engine without an index, which the tests hold the others to."""
