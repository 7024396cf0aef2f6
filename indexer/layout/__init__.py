"""From printed lines or marked-up text to passages: paragraphs, headings, lists, tables, who speaks. Pure."""
