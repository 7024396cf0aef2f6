"""Indexes as earlier versions sealed them; `make.py` adds one of the present format."""
