"""Views by group: each reads parameters, asks the reading room, and presents what it gets."""
