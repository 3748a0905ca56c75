"""What replaces a signature on paper (Schriftformersatz): rules, proofs and seals.

A proof belongs to the digest of exactly one frozen declaration. Upper rooms ask which ways are open,
keep a proof once a way has led to one, and show its report; they never judge a proof themselves.
"""
