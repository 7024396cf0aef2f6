"""Withdrawing: taking words back that were published, so that they stand nowhere; id, day and reason stay."""
