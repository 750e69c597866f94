"""French, as far as rules need it: words, sentences, syllables, readability."""
