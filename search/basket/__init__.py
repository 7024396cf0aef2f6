"""The evidence basket: passages that a reader collects, and its files."""
