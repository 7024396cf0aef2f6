"""The digests that ship with the corpus: their sources (`*.md`) and the typesetter that makes PDFs of them.

Neither is part of the installed program; `python -m digests.typeset` writes `corpus/digests/*.pdf` anew.
"""
