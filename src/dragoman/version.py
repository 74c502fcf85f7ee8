"""The version of the code, said once."""

__version__ = "0.1.0"
