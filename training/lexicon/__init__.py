"""The build of the lexicon's person and office tables from hand-written rows and open sources."""
