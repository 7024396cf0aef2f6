"""Answers to pages, feeds and the JSON API: Flask, and nothing but HTTP."""
