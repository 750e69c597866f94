"""Pages: what is taught, as a conseiller reads it before teaching."""
