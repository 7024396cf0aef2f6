"""Quotations: where words stand in what was published, and the check of whole drafts."""
