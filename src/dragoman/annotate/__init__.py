"""Article -> Annotated: the only room that runs the encoder."""

from dragoman.annotate.annotator import Annotated, Annotator, Scores, load_annotator

__all__ = ["Annotated", "Annotator", "Scores", "load_annotator"]
