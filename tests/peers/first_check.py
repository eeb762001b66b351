"""How long the first check against a large workspace takes and how much memory it needs.

Usage: first_check.py REDLINE WORKSPACE PROJECT_FILE

Runs `redline check` once with the workspace's pages dropped from the system's cache (as after a
restart) and three times with them in it, and prints the rows of a table.
"""
import os
import resource
import subprocess
import sys
import time

redline, workspace, project = sys.argv[1:4]


def forget(path):
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def check():
    start = time.perf_counter()
    process = subprocess.Popen(
        [redline, "check", project, "--workspace", workspace, "--date", "2018-06-01", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, messages = process.communicate()
    wall = time.perf_counter() - start
    if process.returncode not in (0, 1):
        sys.exit(f"the check failed ({process.returncode}): {messages.decode()}")
    return wall, len(output)


size = os.path.getsize(workspace)
forget(workspace)
cold, length = check()
warm = min(check()[0] for _ in range(3))
# the largest of all children so far, kilobytes on Linux
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"Workspace of {size / 2**20:.0f} MiB; the answer is {length} bytes of JSON.\n")
print("| first check | wall s | peak memory MiB |")
print("|---|---:|---:|")
print(f"| pages of the workspace not in memory | {cold:.2f} | {peak:.0f} |")
print(f"| pages in memory (best of 3) | {warm:.2f} | {peak:.0f} |")
print()
met = cold <= 2.0 and peak < 1024
print("Target (2 s, 1 GiB): " + ("met." if met else "MISSED."))
