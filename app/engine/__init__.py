"""The engine of Jalons: pure functions over modules, items and evidence.

numpy and networkx only; no Flask, no database, no file, no clock. Time and randomness are arguments.
"""
