"""Themes for others: as SKOS, and their key phrases."""
