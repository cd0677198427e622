"""Runs the benchmarks and writes bench-results.md. Figures of other machines cannot be compared with it; ratios can."""

import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.measure import Floor, Target, http_request, interleaved, memory_mib
from tests.bench.page_weight import Weight, weigh
from tests.harness.tree import ROOT, Tree

LESSON = "/en/learn/living-resources/every-drop-counts/"
ROUNDS, SECONDS = 3, 4.0
SESSIONS = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lms.people.models import User
from lms.people.services import issue_token
from lms.shared import clock
def cookies(backend):
    for user in User.objects.filter(role="trainee").order_by("email")[:32]:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = backend
        store.create()
        yield f"{settings.SESSION_COOKIE_NAME}={store.session_key}"
now = clock.now()
owner = User.objects.get(email="admin@example.org")
token = issue_token(owner=owner, scopes=["content:read"], expires_at=now.replace(year=now.year + 1), now=now)[1]
ours = list(cookies(settings.AUTHENTICATION_BACKENDS[0]))
floor = list(cookies("django.contrib.auth.backends.ModelBackend"))
print(json.dumps({"cookies": ours, "floor_cookies": floor, "token": token}))
"""


def main() -> None:
    tree = Tree(LMS_API_RATE="0")
    try:
        cold = tree.start(seconds=180)
        idle = memory_mib(tree.pids("web"))
        rows, after = measure(tree)
        tree.stop()
        warm = tree.start()
        pages = {slow: weigh(tree.address, LESSON, slow=slow) for slow in (False, True)}
        text = report(
            rows, pages, {"idle": idle, "after": after, "all": memory_mib(tree.pids()), "cold": cold, "warm": warm}
        )
    finally:
        tree.remove()
    (ROOT / "bench-results.md").write_text(text, encoding="utf-8")
    print(f"\n{text}\nWritten to bench-results.md.")


def measure(tree: Tree) -> tuple[dict[str, Target], float]:
    known = json.loads(tree.shell(SESSIONS).strip().splitlines()[-1])
    floor = Floor(tree)
    try:
        floor.wait()
        targets = make_targets(tree, floor, known)
        print(f"{ROUNDS} rounds of {SECONDS:.0f} s each, 8 connections, one kind of request after the other:")
        interleaved(list(targets.values()), rounds=ROUNDS, connections=8, seconds=SECONDS)
        crowd = [targets["home"].run(connections=32, seconds=SECONDS)["rate"] for _ in range(ROUNDS)]
        targets["home"].rounds[0]["crowd"] = sorted(crowd)[ROUNDS // 2]
        return targets, memory_mib(tree.pids("web"))
    finally:
        floor.stop()


def make_targets(tree: Tree, floor: Floor, known: dict[str, Any]) -> dict[str, Target]:
    def ours() -> list[int]:
        return [*tree.pids("web"), *tree.pids("queue")]

    bearer = {"Authorization": f"Bearer {known['token']}"}
    module = [http_request("/api/v1/modules/living-resources/", **bearer)]
    lessons = [http_request(LESSON, cookie=cookie) for cookie in known["cookies"]]
    signed_in = [http_request("/signed-in", cookie=cookie) for cookie in known["floor_cookies"]]
    return {
        "bare": Target("Django, a bare view", floor.port, [http_request("/bare")], floor.pids),
        "floor": Target("Django, session + user + template", floor.port, signed_in, floor.pids),
        "home": Target("W1 start page, not signed in", tree.port, [http_request("/en/")], ours),
        "lesson": Target("W2 lesson, signed in", tree.port, lessons, ours),
        "open lesson": Target("W2 lesson, not signed in", tree.port, [http_request(LESSON)], ours),
        "api": Target("W6 module as JSON", tree.port, module, ours),
    }


def report(targets: dict[str, Target], pages: dict[bool, tuple[Weight, Weight]], facts: dict[str, float]) -> str:
    bare, floor = targets["bare"].measured("per_core"), targets["floor"].measured("per_core")
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
    lines = [
        f"# Measured on {time.strftime('%Y-%m-%d')}",
        "",
        f"{machine}; the load generator shares them. Median of {ROUNDS} interleaved rounds of {SECONDS:.0f} s, "
        "8 connections, 2 web processes with 4 threads.",
        "",
        "| | requests/s | per core | of the bare view | of session + user + template | p50 ms | p95 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for target in targets.values():
        per_core = target.measured("per_core")
        lines.append(
            f"| {target.name} | {target.measured('rate'):.0f} | {per_core:.0f} | {per_core / bare:.0%} "
            f"| {per_core / floor:.0%} | {target.measured('p50'):.1f} | {target.measured('p95'):.1f} |"
        )
    crowd = targets["home"].rounds[0]["crowd"] / targets["home"].measured("rate")
    lines += ["", f"W1 with 32 connections: {crowd:.0%} of the requests per second with 8.", "", *page_lines(pages), ""]
    lines += [
        f"W8: web processes {facts['idle']:.0f} MiB idle, {facts['after']:.0f} MiB after the load; all four children "
        f"together {facts['all']:.0f} MiB (proportional set size).",
        "",
        f"From nothing to the first page (database, content, demo people): {facts['cold']:.1f} s. "
        f"Started again: {facts['warm']:.1f} s.",
    ]
    return "\n".join(lines) + "\n"


def page_lines(pages: dict[bool, tuple[Weight, Weight]]) -> list[str]:
    rows = ["| W7 lesson in a browser | requests | kB | text is there | page listens |", "|---|---|---|---|---|"]
    for slow, (cold, again) in pages.items():
        line = "slow 3G (50 KiB/s, 400 ms, processor 4 × slower)" if slow else "open line"
        for name, weight in (("first visit", cold), ("again", again)):
            times = f"{weight.paint:.2f} s | {weight.ready:.2f} s"
            rows.append(f"| {line}, {name} | {weight.requests} | {weight.bytes / 1000:.1f} | {times} |")
    return rows


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
