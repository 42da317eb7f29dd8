"""Full-text search of Japanese: folding, bigrams, what is typed, and excerpts. Knows no table."""
