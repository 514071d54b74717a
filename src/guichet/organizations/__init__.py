"""Who applies: the organization, its profiles, the people who act for it, and who may bind it."""
