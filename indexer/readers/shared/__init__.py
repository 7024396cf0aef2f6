"""What several readers use: dates, encodings, properties of files, zip packages."""
