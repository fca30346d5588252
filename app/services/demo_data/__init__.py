"""A believable history of a campaign, for trying the console and for measuring it: made up, from a seed.

Nothing here is a second record: what a call says and leads to is decided by the flow, and kept as any call is.
"""
