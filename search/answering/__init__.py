"""A question to an answer: asking, highlights, fallbacks, navigation, autocomplete, batches."""
