"""Pages: accueil."""
