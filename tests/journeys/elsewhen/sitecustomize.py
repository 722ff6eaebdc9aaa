"""Python loads this in a process whose PYTHONPATH begins here: it lives at ELSEWHEN, and time goes on from there."""

import os

import time_machine

if "ELSEWHEN" in os.environ:
    time_machine.travel(os.environ["ELSEWHEN"], tick=True).start()
