"""Pictures and marked copies of PDF pages, made by programs of their own."""
