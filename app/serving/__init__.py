"""Serves Jalons from a laptop to the tablets of a room."""
