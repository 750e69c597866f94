"""Pages: usager."""
