"""The practice gateway: a real HTTP server on the loopback address that behaves as the vendor's documents say.

The demo, the training and the tests speak to it over sockets as the product speaks to a real gateway; the product
does not know that it is there. It shares no code with the client (`smsdesk.gateway`), or the two would agree on the
same mistakes.

    codes       the numbers of the protocol that this side hands out
    model       an account and the settings, plain values
    reading     what came in: fields, numbers, p2p lines, passwords, segments, times
    handsets    what becomes of a message: a fate, a reply, an opt-out
    outbox      what waits to be handed out, by pull or by push
    ledger      what was accepted, refused and handed out, for tests to compare with
    rules       the gateway itself: `Gateway.handle`, no I/O, clock and chance given from outside
    faults      what goes wrong, switched on by tests
    sockets     a connection that can be reset or cut
    endpoint    one request's way through faults and rules
    control     `/practice/…`, for tests that run the server in another process
    pusher      POSTs of due items to a customer's address
    server      `Practice`, which puts all of it together
"""
