"""The bench runs to its end, and tells what it says; its times are another matter."""

import re
import subprocess
import sys

from conftest import PROJECT, need


def test_the_short_bench_times_every_way():
    need("chromium")
    command = [sys.executable, "tests/bench.py", "short"]
    done = subprocess.run(command, cwd=PROJECT.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^\| (.*?) \| ([\d.]+) \| ([\d.]+) \|", done.stdout, re.MULTILINE)
    ways = {name: (float(seconds), float(processor)) for name, seconds, processor in rows}
    for name in ("(b) one brief", "(c) the floor of one brief", "(b) the report"):
        seconds, processor = ways[name]
        assert seconds > 0.5 and processor > 0.5, name
    assert "Of the floor's 2 briefs 2 are the build's, byte for byte." in done.stdout
    assert "held by 11 gates: cells, charts, claims, coverage" in done.stdout
    shown = re.findall(r"^\| (.*?) \| [\d.]+ \|$", done.stdout, re.MULTILINE)
    assert "a module of analysis/" in shown and "a sentence, on the PDF's page" in shown
