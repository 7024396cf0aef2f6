"""Quotations: where words stand in what was published, and how they differ. Whole drafts are checked in `search.drafts`."""
