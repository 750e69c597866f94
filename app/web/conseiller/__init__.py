"""Pages: conseiller."""
