"""Pages: atelier."""
