"""What good content obeys, one rule a file: each takes all sources and yields problems."""
