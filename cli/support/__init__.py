"""What several commands use: printing, progress, files of questions."""
