"""May this organization apply? Criteria of the edition, the examination of a profile, its clock and its outcome."""
