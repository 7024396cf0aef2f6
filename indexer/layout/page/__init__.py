"""Repairs of the lines of single pages before any layout: initials, numbers of lines, watermarks."""
