"""Fetching, against real servers on the loopback address. No test reaches the network outside."""
