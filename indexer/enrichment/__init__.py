"""What is known of documents only beside others: glossary, near-duplicates, recurring findings."""
