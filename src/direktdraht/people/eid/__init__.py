"""The online ID card (eID): this house as a client of an eID server (BSI TR-03130, SOAP) and of the AusweisApp (BSI TR-03124).

Pure: messages in and out, their signatures, the verdict on a result, the evidence that can be examined again.
"""
