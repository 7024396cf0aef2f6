"""Versions of one document: which of them stands for all, and what changed from one to the next."""
