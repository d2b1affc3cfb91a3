"""Sums gcovr's summary by folder: coverage_by_folder.py coverage.json"""

import collections
import json
import pathlib
import sys

if __name__ == "__main__":
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    for file in json.loads(pathlib.Path(sys.argv[1]).read_text())["files"]:
        counts = [file[key] for key in ("line_covered", "line_total", "branch_covered", "branch_total")]
        for name in (str(pathlib.PurePosixPath(file["filename"]).parent), "all"):
            folders[name] = [a + b for a, b in zip(folders[name], counts)]
    print(f"{'folder':24}{'lines':>8}{'reached':>9}{'branches':>10}{'reached':>9}")
    for name in sorted(folders, key=lambda name: (name == "all", name)):
        lines, all_lines, branches, all_branches = folders[name]
        print(
            f"{name:24}{all_lines:8}{100 * lines / max(all_lines, 1):8.1f}%"
            f"{all_branches:10}{100 * branches / max(all_branches, 1):8.1f}%"
        )
