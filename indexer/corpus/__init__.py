"""What lies in the corpus folder: files, catalogue, themes, corrections, ledger."""
