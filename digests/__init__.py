"""The digests that ship with the corpus: the sources of the PDFs (`*.md`), of the Word files (`for_word/*.md`) and of the presentations (`for_slides/*.md`), and what makes them.

Nothing of it is part of the installed program; `python -m digests.typeset` writes `corpus/digests/*.pdf` anew, `python -m digests.word` the `.docx`
files, `python -m digests.slides` the `.pptx` files. Digests in HTML and Markdown stand in `corpus/digests` as they were written.
"""
