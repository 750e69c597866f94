"""Pages: structure."""
