"""Every exception from the rules for all pages, with its reason."""

# Views that no address is built for.
WITHOUT_ADDRESS = {
    "portal:?buero/": "a permanent redirect of the address with a slash at its end, without a name",
}

# Posts that anybody may send on purpose.
OPEN_POSTS = {
    "account_confirm_email": "whoever has the link from the mail confirms the address",
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_reset_password": "asking for the link to a new password",
    "account_reset_password_from_key": "whoever has the link from the mail sets the password",
    "account_signup": "a new account",
    "appointments:cancel": "whoever has the link cancels the appointment",
    "appointments:claim": "whoever has the link and is signed in takes the appointment into their account",
    "appointments:decline": "whoever has the link declines the offer",
    "appointments:details": "whoever has the link of the held time books it",
    "appointments:hold": "anybody may hold a time",
    "appointments:let_go": "whoever has the link gives the held time back",
    "appointments:make_wish": "anybody may ask for a time",
    "appointments:move": "whoever has the link moves the appointment",
    "appointments:take": "whoever has the link takes the offer",
    "appointments:withdraw": "whoever has the link takes the wish back",
    "appointments:write": "whoever has the link writes about the appointment",
    "cases:end": "forgets what this very browser has opened",
    "cases:enter": "number and key are asked for here",
    "forms:begin": "anybody may begin a form",
    "hall:check_in": "whoever stands at the entrance checks in with the code of an appointment",
    "hall:draw": "whoever stands at the entrance draws a number",
    "hall:leave": "whoever has the link of a number gives it back",
    "payments:notified": "a payment provider's message, which only names an attempt to ask about; nothing of it is believed",
    "payments:enter": "reference and key are asked for here",
    "people:bundid_answer": "the provider's page sends it without our cookies; its signature is the key",
    "registrations:begin": "anybody may begin a registration",
    "submissions:check": "anybody may check a receipt",
    "submissions:check_index": "anybody may check a receipt",
    "submissions:resume": "the resume code is asked for here",
    "web:set_language": "keeps the reader's own language in a cookie",
}

# Posts that change the poster's own account or look into the poster's own units, and nothing else; refused to anonymous visitors.
OWN_POSTS = {
    "account_change_password",
    "account_email",
    "account_reauthenticate",
    "account_set_password",
    "appointments:phone_hold",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "people:name",
    "registrations:new_series",
    "submissions:inbound_find",
    "usersessions_list",
}

# Views with a parameter that answer kindly whatever stands there.
ANY_VALUE = {
    ("forms:page", "page_key"): "leads to the first page: a page may be hidden by an answer since the link was made",
    ("submissions:check", "number"): "the number only fills the form's field; whether it exists is never said",
    ("account_reset_password_from_key", "key"): "one page for every link that does not work (any more)",
    ("account_reset_password_from_key", "uidb36"): "one page for every link that does not work (any more)",
    ("account_confirm_email", "key"): "one page for every link that does not work (any more)",
}

# Pages that may ask more when there is more, though never once for each row.
READ_IN_CHUNKS = {
    "people:data_export": "reads everything of a person, chunk by chunk, so that a large export does not fill the memory",
}

# Addresses that answer with a file or a machine's text, not with a page.
NOT_PAGES = {
    "appointments:calendar",
    "appointments:own_calendar",
    "appointments:day_csv",
    "appointments:staff_feed",
    "appointments:wishes_csv",
    "cases:export",
    "cases:proof_pdf",
    "cases:staff_proof_pdf",
    "documents:download",
    "documents:preview",
    "finance:ledger_csv",
    "finance:open_csv",
    "forms:download",
    "forms:schema",
    "forms:version_schema",
    "journal:public_key",
    "journal:stamp",
    "mfa_download_recovery_codes",
    "people:bundid_metadata",
    "registrations:attendance_file",
    "registrations:certificate",
    "registrations:certificate_of_place",
    "registrations:certificates",
    "registrations:export",
    "registrations:feed",
    "registrations:file",
    "registrations:parties_file",
    "registrations:public_feed",
    "people:data_export",
    "portal:security_txt",
    "submissions:declaration_pdf",
    "submissions:declaration_text",
    "submissions:receipt_json",
    "payments:receipt_pdf",
    "submissions:receipt_pdf",
    "web:city_css",
    "web:healthz",
    "web:logo",
    "web:readyz",
    "web:streets",
}

# Rules of axe that are not asked, with the reason.
AXE_RULES_OFF: dict[str, str] = {}

# Pairs of views that share a title on purpose.
SAME_TITLE = {
    frozenset({"account_reset_password_done", "account_email_verification_sent"}): "both say to look at one's mails",
    frozenset({"portal:service", "forms:begin"}): "the form's first page goes on where the service's page ends",
    frozenset({"submissions:check", "submissions:check_index"}): "the same page, with and without a number",
    frozenset({"mfa_reauthenticate", "account_reauthenticate"}): "the same question, by code or by password",
}

# What is not there any more was taken out before: a second press leads to the same page.
GONE_ALREADY = {
    "registrations:remove_person": ">registrations:persons",
    "registrations:remove_wish": ">registrations:wishes",
    "registrations:wish_down": ">registrations:wishes",
    "registrations:wish_up": ">registrations:wishes",
}
