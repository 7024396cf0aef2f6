"""Findings as evidence: the words that state them, and tables of them as files."""
