"""GiroCode: a credit transfer as QR code (European Payments Council, EPC069-12, version 3.1)."""
