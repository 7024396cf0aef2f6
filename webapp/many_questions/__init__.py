"""Many questions at once, as pages: their answers, and the report that counts queries."""
