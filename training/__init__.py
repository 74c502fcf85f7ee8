"""Training of the shipped encoder: the only place that knows torch. It imports the package, never the other way."""
