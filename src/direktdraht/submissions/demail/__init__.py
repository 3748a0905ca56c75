"""De-Mail, the way in and out: mails taken in, examined and matched to declaration or case; answers handed to the provider."""
