"""Tests of the corpus that ships with the project."""
