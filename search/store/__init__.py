"""What a generation keeps: the catalog of all texts, the glossary, and the generations themselves."""
