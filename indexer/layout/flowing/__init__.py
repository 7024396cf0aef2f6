"""Texts without pages to passages: plain text, styled text, sections."""
