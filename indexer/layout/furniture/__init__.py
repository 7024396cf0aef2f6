"""What is printed on pages beside the text: running heads, page numbers, mastheads."""
