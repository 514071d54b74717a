"""The applications: start, answers, sections, attest, submit; the frozen submission.

A draft is a row with a sheet of answers; a submission is a canonical document with its digest, made once and frozen
by the database (docs/decisions/0004-submission-record.md). Where a draft stands is computed from its answers.
"""
