"""A storm: simulated supporters call a real server while webhooks go astray, processes die and the database fails."""
