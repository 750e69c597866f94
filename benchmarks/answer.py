"""How long an answer takes, from its sending to the next page, for 1, 8 and 32 tablets at once.

    python -m benchmarks.answer [--answers 300] [--seconds 30] [--goal demarches-en-ligne]
        [--device ordinateur] [--json]

An answer is all that happens between two questions: the form is sent and checked, the evidence is on the
disk (SQLite, WAL, synchronous FULL), the next item is chosen, its page is rendered and received, redirection
included. Tablets answer without a pause, which people never do. The server is a process of its own, on
loopback, with a database of its own; the tablets share the same processors.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.http_person import HttpPerson
from benchmarks.local_server import LocalServer, make_structure


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        welcome = make_structure(instance)
        with LocalServer(instance, f"{welcome}/") as server:
            report = {
                "first_page_seconds": round(server.first_page_seconds, 2),
                "idle_mb": round(_idle_memory(server)),
                "clients": [measure(server, welcome, count, options) for count in options.clients],
                "after_mb": round(server.memory()),
            }
    print(json.dumps(report, indent=2) if options.json else _as_text(report))


def measure(server: LocalServer, welcome: str, count: int, options: argparse.Namespace) -> dict[str, float]:
    """Let `count` tablets answer; the times of their answers in milliseconds."""
    seconds: list[float] = []
    failures: list[str] = []
    stop = time.monotonic() + options.seconds
    each = -(-options.answers // count)
    # Everybody is seated before the first answer: receptions are not what is measured.
    seated = threading.Barrier(count)

    def sit(number: int) -> None:
        try:
            person = HttpPerson(server.port, welcome, 40 * count + number)
            person.start(options.goal, options.device)
            seated.wait(timeout=options.seconds)
            for _ in range(each):
                if time.monotonic() > stop:
                    return
                seconds.append(person.answer())
                if not person.is_asked:
                    person.start(options.goal, options.device)
        except Exception as error:  # told with the others' below, rather than lost in a thread
            failures.append(f"{type(error).__name__}: {error}")
            seated.abort()

    begin, used = time.monotonic(), server.processor_seconds()
    threads = [threading.Thread(target=sit, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{len(failures)} tablette(s) sur {count} en échec : {failures[0]}")
    return _summary(count, seconds, time.monotonic() - begin, server.processor_seconds() - used)


def _summary(count: int, seconds: list[float], elapsed: float, used: float) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {
        "clients": count,
        "answers": len(seconds),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "slowest_ms": round(max(seconds) * 1000, 1),
        "answers_per_second": round(len(seconds) / elapsed, 1),
        # Receptions included: about seven pages for a dozen answers.
        "processor_ms": round(used / len(seconds) * 1000, 1),
    }


def _idle_memory(server: LocalServer) -> float:
    time.sleep(1)
    return server.memory()


def _as_text(report: dict) -> str:
    lines = [
        f"première page      {report['first_page_seconds']:.2f} s après le démarrage",
        f"mémoire au repos   {report['idle_mb']} Mo (après la mesure : {report['after_mb']} Mo)",
        "",
        "tablettes  réponses    p50 ms    p95 ms   max ms   réponses/s  processeur ms",
    ]
    for row in report["clients"]:
        lines.append(
            f"{row['clients']:>9}  {row['answers']:>8}  {row['p50_ms']:>8}  {row['p95_ms']:>8}"
            f"  {row['slowest_ms']:>7}  {row['answers_per_second']:>11}"
            f"  {row['processor_ms']:>13}"
        )
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32], help="numbers of tablets")
    parser.add_argument("--answers", type=int, default=300, help="answers for each number of tablets")
    parser.add_argument("--seconds", type=float, default=30, help="longest time for each number of tablets")
    parser.add_argument("--goal", default="demarches-en-ligne", help="id of the goal that everybody chooses")
    parser.add_argument("--device", default="ordinateur", help="telephone, tablette, ordinateur")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
