"""Questions to answers: the model, the query language, the catalog, the engines.

The shared library of `indexer/` (which writes an index) and `webapp/` (which answers from one). It knows
neither of them, no web framework and no document format.
"""
