"""The process of the embedded AWS: ministack, and what AWS does that it leaves out.

1. On AWS whatever a function prints reaches its log group. Ministack forgets the lines of functions behind a
   WebSocket, and hands on late lines with the next invocation only.
2. On AWS CloudWatch Logs turns lines in the embedded metric format into metrics as they arrive
   (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html).
3. On AWS a role can be about partitions of a table: see policy_check.
4. On AWS a stream outlives its readers' restarts: see kept_streams; so do messages: see kept_queues.
5. On AWS nothing stored is lost when a process dies: see snapshots.
6. On AWS log lines come by pages: see log_pages.
7. On AWS a mail leaves as it was written: see sent_mails.
"""

import fcntl
import logging
import os
import signal
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import IO, Any

from ministack import app
from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from infra.local import kept_queues, kept_streams, log_pages, policy_check, sent_mails
from infra.local.metrics import MetricFeed
from infra.local.snapshots import Snapshots

SWEEP_SECONDS = 0.25
STOP_SECONDS = 6  # for requests in flight and the last snapshot
FIRST_MET = ("DeskApi", "SmsWebhook", "Router", "EventPublisher", "Assigner", "DeskSocket", "DeskNotifier",
             "SmsSender", "DeliveryRecorder", "PublicApi", "ChatSocket", "ChatSender", "EmailReader",
             "EmailSender")  # fmt: skip
log = logging.getLogger("patchbay")


class LoggedWorker:
    """A worker whose output is logged: what ministack's WebSocket route hands out instead of the bare one."""

    def __init__(self, worker: Any) -> None:
        self._worker = worker

    def invoke(self, event: Any, request_id: str, **more: Any) -> Any:
        started = time.monotonic()
        result = self._worker.invoke(event, request_id, **more)
        took = int((time.monotonic() - started) * 1000)
        text = "\n".join(filter(None, (result.get("log"), result.get("trace"))))
        failed = result.get("status") == "error"
        lambda_svc._emit_lambda_logs({"config": self._worker.config}, request_id, text, failed, took)
        return result


def install(feed: MetricFeed) -> None:
    """Puts our hooks around ministack's functions; a version without them fails here, at the start."""
    emit, lease = lambda_svc._emit_lambda_logs, lambda_runtime.get_or_create_worker
    execute = lambda_svc._execute_function_warm

    def emit_and_count(func: Any, request_id: str, text: str, *rest: Any, **more: Any) -> None:
        emit(func, request_id, text, *rest, **more)
        feed.read(text)

    def lease_logged(*given: Any, **more: Any) -> LoggedWorker:
        return LoggedWorker(lease(*given, **more))

    def execute_and_tell(*given: Any) -> Any:
        """A function that cannot even be imported says so in its log, as on AWS."""
        result = execute(*given)
        if result.get("error") and not result.get("log"):
            result["log"] = result["body"].get("errorMessage", "")
        return result

    lambda_svc._emit_lambda_logs = emit_and_count
    lambda_svc._execute_function_warm = execute_and_tell
    lambda_runtime.get_or_create_worker = lease_logged


def sweep_for_ever() -> None:
    while True:
        time.sleep(SWEEP_SECONDS)
        try:
            sweep()
        except Exception:
            log.exception("late log lines were not swept")


def sweep() -> None:
    """Logs what idle workers printed after their answer had been read."""
    for worker in [one for pool in list(lambda_runtime._workers.values()) for one in list(pool)]:
        lines = getattr(worker, "_stderr_queue", None)
        if lines is None or lines.empty() or not worker._lock.acquire(blocking=False):
            continue
        try:
            text = worker._drain_stderr()
        finally:
            worker._lock.release()
        if text:
            lambda_svc._emit_lambda_logs({"config": worker.config}, str(uuid.uuid4()), text, False, 0)


def warm_up() -> None:
    """Starts a worker for each function a first message meets, so that nobody waits for imports.

    AWS does nothing of the kind (short of provisioned concurrency): there the first message waits.
    """
    names = {name.split("-")[1]: name for name in lambda_svc._functions}
    for short in FIRST_MET:
        if short not in names:
            continue
        record = lambda_svc._functions[names[short]]
        config = record["config"]
        worker, _ = lambda_runtime.acquire_worker(names[short], config, record["code_zip"])
        try:
            lambda_runtime.ensure_spawned(worker)
        except RuntimeError as error:
            log.warning("%s does not start: %s", short, error)
        finally:
            lambda_runtime.release_worker(worker)


def on_warm_up(*_: object) -> None:
    threading.Thread(target=warm_up, daemon=True, name="patchbay-warm-up").start()


def end_with(parent: int) -> None:
    """A front door that was killed cannot stop us: then we stop ourselves, as if it had."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)  # us and our workers: we are a session of our own


def hold_state() -> IO[str]:
    """One emulator per state: one that was left behind by a killed centre first writes what it has."""
    lock = (Path(os.environ["STATE_DIR"]) / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def main(parent: int) -> None:
    threading.Thread(target=end_with, args=(parent,), daemon=True, name="patchbay-parent").start()
    held = hold_state()  # until the process ends
    snapshots = Snapshots(Path(os.environ["STATE_DIR"]))
    signal.signal(signal.SIGUSR1, on_warm_up)
    signal.signal(signal.SIGUSR2, lambda *_: snapshots.keep())
    snapshots.install()
    feed = MetricFeed()
    install(feed)
    policy_check.install()
    kept_streams.install()
    kept_queues.install()
    sent_mails.install()
    log_pages.install()
    threading.Thread(target=sweep_for_ever, daemon=True, name="patchbay-late-lines").start()
    feed.start()
    app.main()
    held.close()


if __name__ == "__main__":
    main(int(sys.argv.pop()))  # ministack reads the rest
