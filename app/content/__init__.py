"""Reads and checks ``parcours/`` and ``quizzes/``, and gives the engine its objects."""
