"""Electronic signatures in PDF (PAdES) and CMS: checking, reporting, keeping evidence, sealing. Pure: time and trust are given."""
