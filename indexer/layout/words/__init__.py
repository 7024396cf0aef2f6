"""Rules about the words of lines, for every format: cleaning, numbers, notes, speakers."""
