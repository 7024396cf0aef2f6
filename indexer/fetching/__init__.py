"""Downloads what `corpus/sources.toml` names: politely, within limits, and never over what staff put there."""
