"""Judgements with their evidence: each reading shows what it rests on and may answer "undetermined"."""
