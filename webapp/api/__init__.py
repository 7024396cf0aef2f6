"""Answers for programs: the JSON API with its description, feeds, suggestions, health."""
