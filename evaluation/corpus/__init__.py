"""The house corpus as a yardstick: two labellings of a passage compared layer by layer, and plain baselines.

Way of a passage: `labels` (a coder's passage, or a reading of the product, as plain spans) -> `compare` (figures by
layer) -> `__main__` (agreement of the two coders, scores of the product and of the baselines).
"""
