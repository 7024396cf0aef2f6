"""References to passages and documents: what is cited, styles, files of reference managers, selectors."""
