"""How long GEOS takes to find the invalid edges of a coverage (shapely's coverage_invalid_edges).

    cargo run --release -p redline-coverage --example edit_times -- --write coverage.bin
    python tests/peers/coverage_defects.py coverage.bin
"""

import sys
import time

import numpy as np
import shapely

data = np.fromfile(sys.argv[1], dtype=np.float64)
counts = data.view(np.uint64)
polygons, at = [], 0
while at < len(data):
    n = int(counts[at])
    polygons.append(shapely.Polygon(data[at + 1 : at + 1 + 2 * n].reshape(n, 2)))
    at += 1 + 2 * n
polygons = np.array(polygons)
start, cpu = time.perf_counter(), time.process_time()
edges = shapely.coverage_invalid_edges(polygons)
wall, cpu = time.perf_counter() - start, time.process_time() - cpu
bad = int(np.sum(~shapely.is_empty(edges)))
print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}: {len(polygons)} zones, "
      f"{bad} with invalid edges, {wall:.2f} s, {cpu:.2f} s of processor time")
