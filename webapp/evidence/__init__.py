"""The evidence table: which findings are wanted, how they spread, and how each is shown."""
