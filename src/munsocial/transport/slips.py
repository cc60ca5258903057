"""What may be told of an error of no kind of ours that came out of an adapter, which may be anybody's."""

from __future__ import annotations

import signal

__all__ = ["kind_of_slip"]


def kind_of_slip(error: Exception) -> str:
    """Return the kind of an error that an adapter slipped with; never its words, which might hold a key.

    An error that a handler of signals raised is no slip and goes on: whoever runs the program stops it so. Celery's
    `SoftTimeLimitExceeded` and RQ's `JobTimeoutException` are common errors, raised in the middle of whatever runs.
    """
    handlers = {getattr(signal.getsignal(one), "__code__", None) for one in signal.valid_signals()}
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code in handlers:
            raise error
        trace = trace.tb_next
    return type(error).__name__
