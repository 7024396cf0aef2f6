"""The evidence basket."""
