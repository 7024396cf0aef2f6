"""Word lists that ship with the analysis."""
