"""What reading one file gives and may cost: values only, the ground floor of the indexer."""
