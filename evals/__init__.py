"""Evaluations: how well the validator and the drafts do, measured on labelled messages."""
