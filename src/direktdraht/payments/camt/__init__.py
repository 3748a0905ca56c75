"""Bank files: reader of ISO 20022 camt.053 (statement, Kontoauszug) and camt.054 (notification, Einzelumsatz-Anzeige)."""
