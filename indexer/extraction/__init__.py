"""Reading files safely: in child processes, within limits, kept by content."""
