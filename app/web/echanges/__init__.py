"""Pages: what comes in and goes out."""
