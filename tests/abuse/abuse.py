#!/usr/bin/env python3
"""The real program among people who mean it harm: python3 abuse.py MUSTER FAKE_SLACK [Class[.test]...]"""

import pathlib
import sys
import unittest

import stage
from clients import Floods, SlowClients  # noqa: F401
from outgoing import Outgoing, TwoWorkspaces  # noqa: F401
from requests_of_strangers import Http, Replay, Slack, Typed  # noqa: F401
from secrets_kept import Secrets  # noqa: F401
from stuck_store import StuckStore  # noqa: F401

if __name__ == "__main__":
    stage.MUSTER, stage.FAKE_SLACK = (str(pathlib.Path(program).resolve()) for program in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
