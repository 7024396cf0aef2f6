"""Golden files: what the shipped corpus gives today, written down so that nobody changes it unseen."""
