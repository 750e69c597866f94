"""Pages: connexion."""
