"""How long checks against a city of a million parcels take, and how much memory they need.

Usage: million_parcels.py REDLINE FOLDER

Makes the city in FOLDER if none is there that this REDLINE made, and keeps it for the next run. Then runs
`redline check`, each time in a process of its own: once with the workspace's pages dropped from the
system's cache (as after a restart), three times with them in it, and once for a road from one corner
of the city to the other. Prints rows of the benchmark's table; GB are 10^9 bytes.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

redline, folder = Path(sys.argv[1]), Path(sys.argv[2])


def run(*arguments):
    """Wall seconds and peak memory (GB) of one command."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen([redline, *arguments], stdout=subprocess.DEVNULL, stderr=messages)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):
            messages.seek(0)
            sys.exit(f"redline {arguments[0]} failed ({code}): {messages.read().decode()}")
    # kilobytes on Linux, bytes on macOS
    return wall, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


def row(job, took, asked="—"):
    wall, memory = took
    print(f"| {job} | {wall:.2f} s, {memory:.2f} GB | — | — | {asked} |", flush=True)


made = folder / "made.json"
version = [redline.stat().st_mtime, redline.stat().st_size]
if not made.exists() or json.loads(made.read_text())["version"] != version:
    print(f"making a city of 1 000 000 parcels in {folder} (minutes)", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    making = run("sample", str(folder), "--parcels", "1000000")
    made.write_text(json.dumps({"version": version, "making": making}))
making = json.loads(made.read_text())["making"]

workspace = folder / "city.gpkg"
project = min((folder / "projects").glob("*.txt"))


def check(file, *more):
    return run("check", str(file), "--workspace", str(workspace), "--date", "2018-06-01", "--format", "json", *more)


with open(workspace, "rb") as file:
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
asked = "≤ 2 s, < 1 GB"
row("first `check` in a city of 1 000 000 land-use parcels, nothing of it in memory", check(project), asked)
row("the same, the file in the system's cache", min(check(project) for _ in range(3)), asked)
with tempfile.TemporaryDirectory() as road:
    line = {"type": "LineString", "coordinates": [[113.1, 22.7], [113.8, 23.8]]}
    file = Path(road) / "road.geojson"
    file.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line}))
    row("the same, a road of 140 km, 30 m wide", check(file, "--width", "30"))
row("making that city: `redline sample --parcels 1000000`", making)
