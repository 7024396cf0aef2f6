"""The query language: a tree of our own, its parser, its printer, and the terms that engines receive."""
