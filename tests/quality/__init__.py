"""Floors of quality on material that ships with the project."""
