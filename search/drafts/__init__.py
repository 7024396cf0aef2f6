"""What a draft holds: its text, its quotations, what is stated as their sources, and the report on all of them."""
