"""Commands of staff: fetch documents, build the index, test themes, train the marker."""
