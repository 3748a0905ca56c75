"""What a result code means for a person: eID server (TR-03130-1 section 3.4.1), eCard framework and app (TR-03124-1 section 2.5.4)."""

from collections.abc import Mapping

from direktdraht.people.eid.names import ECARD_MINOR, MAJOR, NO_RESULT_YET, SERVER_MINOR

SERVER = {
    "/common#internalError": "server_error",
    "/common#schemaViolation": "server_error",
    "/useID#invalidPSK": "server_error",
    "/useID#tooManyOpenSessions": "busy",
    "/useID#missingArgument": "server_error",
    "/useID#missingTerminalRights": "not_allowed",
    "/getResult#invalidSession": "session_over",
    "/getResult#invalidCounter": "session_over",
    "/getResult#deniedDocument": "denied_document",
    "/getResult#invalidDocument": "invalid_document",
}
ECARD = {
    "/sal#cancellationByUser": "cancelled",
    "/dp#timeoutError": "timeout",
    "/ifdl/common#timeoutError": "timeout",
    "/dp#trustedChannelEstablishmentFailed": "channel",
    "/al/common#internalError": "client_error",
    "/al/common#communicationError": "channel",
    "/sal/mEAC#AgeVerificationFailedWarning": "not_fulfilled",
    "/sal/mEAC#CommunityVerificationFailedWarning": "not_fulfilled",
    "/sal/mEAC#DocumentValidityVerificationFailed": "invalid_document",
}
APP = {
    "cancellationByUser": "cancelled",
    "trustedChannelEstablishmentFailed": "channel",
    "serverError": "server_error",
    "clientError": "client_error",
    "communicationError": "channel",
}


def failure_of(major: str, minor: str) -> str:
    """The failure behind the codes of an eID server, "" for success, "waiting" while there is no result yet.

    >>> failure_of(MAJOR + "ok", "")
    ''
    >>> failure_of(MAJOR + "error", SERVER_MINOR + "/getResult#invalidDocument")
    'invalid_document'
    """
    if major == f"{MAJOR}ok":
        return ""
    if minor == NO_RESULT_YET:
        return "waiting"
    for prefix, table in ((SERVER_MINOR, SERVER), (ECARD_MINOR, ECARD)):
        if minor.startswith(prefix):
            return table.get(minor.removeprefix(prefix), "unknown")
    return "unknown"


def failure_of_app(parameters: Mapping[str, str]) -> str:
    """The failure that the app adds to our address when it sends the browser back, "" if it reports success.

    The app's word alone never means success: the result is always asked of the eID server.

    >>> failure_of_app({"ResultMajor": "error", "ResultMinor": "cancellationByUser"})
    'cancelled'
    """
    if parameters.get("ResultMajor", "").rpartition("#")[2] == "ok":
        return ""
    return APP.get(parameters.get("ResultMinor", "").rpartition("#")[2], "unknown")
