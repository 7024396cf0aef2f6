"""Tests of the digests' typesetter."""
