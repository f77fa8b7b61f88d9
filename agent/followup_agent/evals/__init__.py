"""The eval suite: draft sample interviews, grade the drafts, and say what the figures allow.

It needs scipy: ``pip install followup-agent[evals]``. `followup-agent eval` runs it;
docs/evals.md says how to read it.
"""
