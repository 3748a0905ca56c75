"""The online ID card (eID): this house as a client of an eID server (BSI TR-03130, SOAP) and of the AusweisApp (BSI TR-03124).

Pure: messages, signatures, verdicts, evidence. With Django: ``own`` settings, ``asking`` the server, ``steps`` of one
request, ``method``, ``views``, ``demo``.
"""
