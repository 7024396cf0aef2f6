"""The reader of PDF files, OCR included."""
