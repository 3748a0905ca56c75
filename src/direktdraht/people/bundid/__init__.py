"""BundID and other user accounts (Nutzerkonto, § 9a OZG) over SAML 2.0: this house as a service provider.

``checking`` examines an answer and knows no database; ``answers`` takes one in; ``views`` are the addresses.
"""
