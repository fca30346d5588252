"""What an organization may let others see of its server: errors (Sentry), how long requests take (OpenTelemetry).

Both are optional packages, imported only when they are asked for. Neither gets anything personal: what is sent is put
together here from names that are in our code, never taken from a request.
"""

from app.services.watching.watch import Watching, watch

__all__ = ["Watching", "watch"]
