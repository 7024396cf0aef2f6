"""A typed citation to the place that it names."""
