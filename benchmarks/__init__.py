"""Speed and memory, side by side with rivals in one run, on one core. Never part of the tests."""
