"""Training: weights of the learned marker from labelled passages, and how well they do on documents held out.

Nothing here is needed to index or to answer; scikit-learn is imported in `linear.py` alone and only when it trains.
"""
