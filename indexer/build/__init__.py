"""One run of the indexer: plan, assembly, a new generation, and the report on it."""
