"""Lines on pages to passages: reading order, paragraphs, tables, headings, footnotes."""
