"""The gateway's protocol: `codes`, pure encoding and decoding in `wire` and `push`, and the `client` over HTTP."""
