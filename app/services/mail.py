"""Mail to organizers, by whatever SMTP server the installation was told of."""

import smtplib
import ssl
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from app.config import Secret

_TIMEOUT_S = 10


class MailFailed(Exception):
    """The mail could not be handed over; the message says so in a sentence."""


def is_loopback(host: str) -> bool:
    """Whether a host's name or address means this same machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Mailer:
    """Hands mail to the server of an `smtp://` or `smtps://` address; nothing leaves this machine in the clear."""

    def __init__(self, url: Secret, sender: str) -> None:
        """Take the server's address and the sender's."""
        self._url = url
        self._sender = sender

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a mail, or raise MailFailed."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message.set_content(text)
        try:
            with self._server() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(f"The mail server did not take the mail ({type(error).__name__}).") from error

    def _server(self) -> smtplib.SMTP:
        parts = urlsplit(self._url.reveal())
        host, context = parts.hostname or "", ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=_TIMEOUT_S)
            # A relay on the same machine may have no TLS; then there is no password to give away either.
            if parts.username or not is_loopback(host) or (server.ehlo()[0] == 250 and server.has_extn("starttls")):
                server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server
