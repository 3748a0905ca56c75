"""De-Mail: is a mail a provider's genuine De-Mail, and did its sender confirm it (BSI TR-01201 part 3.4; § 5 (5) De-Mail-Gesetz)?"""
