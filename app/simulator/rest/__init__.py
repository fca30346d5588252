"""A stand-in for the parts of Twilio's REST API that Patchline uses, on a simulated carrier.

Calls, Messages, IncomingPhoneNumbers and AvailablePhoneNumbers answer in Twilio's shapes and error bodies. Whatever
is ordered waits until time passes, so that a test decides when a phone rings:

    rest = RestAccount(carrier)
    with local_server(lambda url: rest_app(rest)) as url:
        provider = TwilioRest(Credentials(account.sid, account.token), Transport(url))
        carrier.world.supporter("+16085550123").answers(after=6)
        provider.place_call(order)
        call = rest.dialer.next_answer()              # lets time pass until somebody picks up
        Caller(carrier).answers(call).hears("Hello").presses("1")

Requests never drive a call themselves, so a webhook's handler may use the API without waiting for itself. An update
takes effect when time passes next.
"""

from app.simulator.rest.account import Limits, RestAccount
from app.simulator.rest.app import rest_app
from app.simulator.rest.outbound import OutboundCall

__all__ = ["Limits", "OutboundCall", "RestAccount", "rest_app"]
