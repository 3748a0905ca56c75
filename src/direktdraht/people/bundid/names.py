"""Names of SAML 2.0 and of BundID: namespaces, attributes, levels, status codes. Pure."""

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
AKDB = "https://www.akdb.de/request/2018/09"
AKDB_DISPLAY = "https://www.akdb.de/request/2018/09/classic-ui/v1"

POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
# Status codes (saml-core 3.2.2.2) that tell a person what happened; every other one is the provider's own trouble.
FAILURES = {
    "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed": "cancelled",
    "urn:oasis:names:tc:SAML:2.0:status:RequestDenied": "cancelled",
    "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext": "level",
    "urn:oasis:names:tc:SAML:2.0:status:RequestUnsupported": "unsupported",
}

# Levels of BundID (STORK quality authentication assurance) and of eIDAS article 8, as the house names them.
LEVELS = {
    "STORK-QAA-Level-1": "low",
    "STORK-QAA-Level-2": "low",
    "STORK-QAA-Level-3": "substantial",
    "STORK-QAA-Level-4": "high",
    "http://eidas.europa.eu/LoA/low": "low",
    "http://eidas.europa.eu/LoA/substantial": "substantial",
    "http://eidas.europa.eu/LoA/high": "high",
}
ORDER = ("none", "low", "substantial", "high")
ASKED_LEVELS = {"low": "STORK-QAA-Level-1", "substantial": "STORK-QAA-Level-3", "high": "STORK-QAA-Level-4"}

# Attributes of BundID by their OID, as the house names them.
ATTRIBUTES = {
    "urn:oid:2.5.4.42": "given_name",
    "urn:oid:2.5.4.4": "family_name",
    "urn:oid:1.2.40.0.10.2.1.1.55": "birth_date",
    "urn:oid:1.3.6.1.5.5.7.9.2": "birth_place",
    "urn:oid:1.2.40.0.10.2.1.1.225566": "birth_name",
    "urn:oid:0.9.2342.19200300.100.1.40": "doctoral_degree",
    "urn:oid:1.3.6.1.4.1.33592.1.3.5": "gender",
    "urn:oid:1.2.40.0.10.2.1.1.225577": "nationality",
    "urn:oid:2.5.4.16": "street",
    "urn:oid:2.5.4.17": "postal_code",
    "urn:oid:2.5.4.7": "city",
    "urn:oid:1.2.40.0.10.2.1.1.225599": "country",
    "urn:oid:0.9.2342.19200300.100.1.3": "email",
    "urn:oid:2.5.4.20": "phone",
    "urn:oid:1.3.6.1.4.1.55605.70737875.1.1.1.7.1": "de_mail",
    "urn:oid:1.3.6.1.4.1.25484.494450.3": "bpk2",
    "urn:oid:1.2.40.0.10.2.1.1.261.94": "qaa_level",
    "urn:oid:1.3.6.1.4.1.25484.494450.1": "version",
    "urn:oid:1.3.6.1.4.1.25484.494450.2": "proved_by",
    "urn:oid:1.3.6.1.4.1.25484.494450.10.1": "eidas_country",
}
OIDS = {name: oid for oid, name in ATTRIBUTES.items()}


def at_least(level: str, asked: str) -> bool:
    """Whether a level of assurance reaches the asked one."""
    return ORDER.index(level) >= ORDER.index(asked)
