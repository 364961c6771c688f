"""`python -m smsdesk.ctl` is `smsdeskctl`."""

import sys

from smsdesk.ctl.main import main

if __name__ == "__main__":
    sys.exit(main())
