"""Corpus to index: the only part that writes. Reads documents, marks passages, publishes generations."""
