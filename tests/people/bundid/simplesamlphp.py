"""Debian's SimpleSAMLphp as a real identity provider: its own settings in a folder, PHP's own server, no browser."""

import html
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from tests.people.bundid.provider import Identity
from tests.processes.house import free_port

HOME = Path("/usr/share/simplesamlphp")
PASSWORD = "robin-robin"


def missing() -> str:
    """What is not installed, "" if everything is."""
    return "" if shutil.which("php") and HOME.is_dir() else "simplesamlphp or php is missing: make setup-system"


def settings(folder: Path, base: str, service: dict[str, str], identity: Identity, encrypt: bool) -> dict[str, str]:
    """The files of its settings."""
    config = f"""<?php
$config = [
  'baseurlpath' => '{base}/', 'certdir' => '{folder}/', 'loggingdir' => '{folder}/', 'datadir' => '{folder}/', 'tempdir' => '{folder}/tmp',
  'metadatadir' => '{folder}/', 'secretsalt' => 'salt-of-the-tests', 'auth.adminpassword' => 'admin-of-the-tests', 'timezone' => 'UTC',
  'technicalcontact_email' => 'na@example.org', 'enable.saml20-idp' => true, 'logging.handler' => 'errorlog', 'store.type' => 'phpsession',
  'session.phpsession.savepath' => '{folder}/tmp', 'session.cookie.secure' => false, 'session.phpsession.cookiename' => 'TestIdp',
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true], 'metadata.sources' => [['type' => 'flatfile']],
];"""
    sources = f"""<?php
$config = ['users' => ['exampleauth:UserPass', 'robin:{PASSWORD}' => [
  'urn:oid:2.5.4.42' => ['Robin'], 'urn:oid:2.5.4.4' => ['Weber'], 'urn:oid:1.2.40.0.10.2.1.1.55' => ['1984-02-29'],
  'urn:oid:1.3.6.1.4.1.25484.494450.3' => ['BPK2-4711']]]];"""
    hosted = f"""<?php
$metadata['{base}/idp'] = ['host' => '__DEFAULT__', 'privatekey' => '{identity.key.name}', 'certificate' => '{identity.certificate.name}',
  'auth' => 'users', 'authproc' => [10 => ['class' => 'saml:AuthnContextClassRef', 'AuthnContextClassRef' => 'STORK-QAA-Level-4']]];"""
    remote = f"""<?php
$metadata['{service["entity_id"]}'] = ['AssertionConsumerService' => '{service["acs"]}', 'SingleLogoutService' => '{service["slo"]}',
  'certData' => '{service["certificate"]}', 'validate.authnrequest' => true, 'validate.logout' => true, 'sign.logout' => true,
  'assertion.encryption' => {"true" if encrypt else "false"},
  'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri'];"""
    return {"config.php": config, "authsources.php": sources, "saml20-idp-hosted.php": hosted, "saml20-sp-remote.php": remote}


class Redirects(urllib.request.HTTPRedirectHandler):
    """Remembers where the last redirect led."""

    last = ""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:  # noqa: PLR0917  # the library's words
        self.last = newurl
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class SimpleSAML:
    """The running provider. ``cipher`` encrypts: AES128_CBC is what it always takes for a public key, others need one changed word."""

    def __init__(self, folder: Path, service: dict[str, str], identity: Identity, cipher: str = "") -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        (folder / "tmp").mkdir(parents=True)
        for file in (identity.key, identity.certificate):
            shutil.copy(file, folder / file.name)
        for name, text in settings(folder, self.base, service, identity, bool(cipher)).items():
            (folder / name).write_text(text)
        words = ["php", "-S", f"127.0.0.1:{port}", "-t", str(HOME / "www")]
        if cipher not in {"", "AES128_CBC"}:
            words[1:1] = ["-d", f"auto_prepend_file={self.other_cipher(folder, cipher)}"]
        environment = {**os.environ, "SIMPLESAMLPHP_CONFIG_DIR": str(folder)}
        self.log = (folder / "log").open("wb")
        self.process = subprocess.Popen(words, env=environment, stdout=self.log, stderr=self.log)
        self.redirects = Redirects()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), self.redirects)
        self.wait(port)

    def other_cipher(self, folder: Path, cipher: str) -> Path:
        """Its class for encrypted assertions with another constant; PHP reads it before its own."""
        source = (HOME / "vendor/simplesamlphp/saml2/src/SAML2/EncryptedAssertion.php").read_text()
        changed = source.replace("new XMLSecurityKey(XMLSecurityKey::AES128_CBC)", f"new XMLSecurityKey(XMLSecurityKey::{cipher})")
        if changed == source:
            raise RuntimeError("this version of SimpleSAMLphp names its cipher elsewhere")
        (folder / "EncryptedAssertion.php").write_text(changed)
        prepend = folder / "prepend.php"
        prepend.write_text(f"<?php\nrequire_once '{HOME}/lib/_autoload.php';\nrequire_once '{folder}/EncryptedAssertion.php';\n")
        return prepend

    def wait(self, port: int) -> None:
        """Until it listens."""
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("PHP's server did not start")

    def metadata(self) -> bytes:
        """Its metadata, as it publishes them."""
        return self.open(f"{self.base}/saml2/idp/metadata.php").encode()

    def open(self, url: str, fields: dict[str, str] | None = None) -> str:
        """A page, after a form if there are fields; keeps the address at which it ended."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with self.browser.open(url, data, timeout=20) as page:
            self.address = page.geturl()
            return str(page.read().decode())

    def sign_in(self, url: str) -> dict[str, str]:
        """Follow the way of a person who signs in; returns what its last page sends to us."""
        page = self.open(url)
        state = field(page, "AuthState")
        page = self.open(self.address, {"username": "robin", "password": PASSWORD, "AuthState": state})
        return {name: field(page, name) for name in ("SAMLResponse", "RelayState")}

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    if found is None:
        raise RuntimeError(f"the page of the provider has no field {name}: {page[:2000]}")
    return html.unescape(found.group(1))
