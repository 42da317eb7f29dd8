"""./dev bench [name …] [--json FILE]: run benches, print a table, fail on a missed goal."""

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bench
from bench.database import prepare_django
from bench.measurement import Measurement
from bench.report import as_json, table

Run = Callable[..., list[Measurement]]


def available_benches() -> dict[str, Run]:
    """Every module in this package that defines `run()`, by its name."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    modules = {name: importlib.import_module(f"bench.{name}") for name in names if name[0] != "_"}
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def main(arguments: Sequence[str], benches: Mapping[str, Run]) -> int:
    """Run the named benches, or all; the exit code is 1 when a goal isn't met."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(benches))
    parser.add_argument("--size", type=int, metavar="ROWS", help="for benches that fill a table")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in benches]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(benches)}")
    results = [_named(each, benches, chosen.size) for each in chosen.names or benches]
    return _report(results, chosen.json)


def _named(name: str, benches: Mapping[str, Run], size: int | None) -> list[Measurement]:
    print(f"bench {name} …", file=sys.stderr, flush=True)
    run = benches[name]
    sized = size is not None and "size" in inspect.signature(run).parameters
    return run(size=size) if sized else run()


def _report(results: list[list[Measurement]], file: Path | None) -> int:
    measurements = [each for result in results for each in result]
    print(table(measurements))
    if file:
        file.write_text(as_json(measurements), encoding="utf-8")
    return 0 if all(each.met for each in measurements) else 1


if __name__ == "__main__":
    prepare_django()
    sys.exit(main(sys.argv[1:], available_benches()))
