"""What a document is: title, date, symbols, issuing body, authors and language, read from what is printed at its front.

Pure. `front.py` makes the front of a reading, one module each reads one fact of it, `settling.py` weighs them against what the
catalogue and the file say. Nothing is guessed: a fact that is not printed stays unknown.
"""
