"""Training of the shipped encoder. The only place that knows torch; it imports the package and is never imported by it."""
