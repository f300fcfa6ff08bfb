"""Trains trials by several ranks, and compares them with those that one process trains.

usage: check_ranks.py PROGRAM FOLDER

Needs Open MPI's mpirun. Checkpoints must be the same files, and the tables the same, for 1, 2, 3 and 4 ranks; after a
rank was killed; after Ctrl-C; and with another number of ranks than before. With root and Debian's Slurm a trial of two
ranks trains on two nodes of a cluster on this machine.
"""

import csv
import hashlib
import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

SPEC = """\
experiment: ranks
seed: 5
data:
  generated: {train: 24, validation: 6, size: [64, 64], classes: 3, seed: 3}
template: TEMPLATE
losses: [cross_entropy, dice]
solver: {SOLVER, iter_size: 4}
augmentation: [mirror, rotate]
training: {epochs: EPOCHS, batch_size: 2}
limits: {threads: 1, ranks: RANKS, on_failure: continue}
"""
UNET = "{name: unet, base_channels: 8, depth: 2}"
CASES = [
    ("batch norm", UNET, "type: ADAM, base_lr: 1e-2"),
    ("dropout", "enet", "type: SGD, base_lr: 1e-2, clip_norm: 1"),
    ("two gradients a step", UNET, "type: SAM, inner: ADAM, base_lr: 1e-2, ema: 0.9"),
]

program, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
slurm_tests = pathlib.Path(__file__).resolve().parent.parent / "SlurmTests"
environment = dict(os.environ)
environment.pop("EXPERIMENTS_RESULTS", None)
failures = []


def expect(holds, what):
    print(("  ok    " if holds else "  WRONG ") + what, flush=True)
    if not holds:
        failures.append(what)


def write(place, spec, ranks):
    place.mkdir(parents=True, exist_ok=True)
    (place / "ranks.yaml").write_text(spec.replace("RANKS", str(ranks)))
    return place


def start(place, *arguments):
    return subprocess.Popen(
        [program, "run", "ranks.yaml", *arguments], cwd=place, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )


def train(place, spec, ranks, *arguments):
    run = start(write(place, spec, ranks), *arguments)
    output, _ = run.communicate(timeout=600)
    if run.returncode != 0:
        print("    " + "\n    ".join(output.splitlines()[-12:]))
    return run.returncode


def record(place):
    """The digests of all checkpoints, and the table of the run without what clocks say."""
    kept = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.glob("results/ranks/trials/*/*/checkpoints/*.h5"))
    }
    text = subprocess.run(
        [program, "compare", "ranks", "--format", "csv"], cwd=place, env=environment, text=True, capture_output=True
    ).stdout
    rows = list(csv.reader(io.StringIO(text)))
    words = ("time", "second", "memory", "images/s", "host", "started", "attempts")
    columns = [column for column, name in enumerate(rows[0]) if not any(word in name for word in words)]
    return kept, [[row[column] for column in columns] for row in rows]


def same(place, reference, what):
    found, wanted = record(place), record(reference)
    expect(found[0] == wanted[0] != {}, f"{what}: the same weights")
    expect(found[1] == wanted[1], f"{what}: the same table")


def log(place):
    return "".join(path.read_text() for path in sorted(place.glob("results/ranks/trials/*/*/attempts/*log*")))


def wait_for_checkpoint(place):
    end = time.monotonic() + 120
    while not list(place.glob("results/ranks/trials/*/*/checkpoints/*.h5")) and time.monotonic() < end:
        time.sleep(0.05)


def members(run):
    """The processes of the ranks, by what they are started with."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            ancestors, process = [], int(path.name)
            while process > 1:
                process = int((pathlib.Path("/proc") / str(process) / "stat").read_text().rsplit(")", 1)[1].split()[1])
                ancestors.append(process)
        except (OSError, ValueError):
            continue
        if b"--member" in words and b"mpirun" not in words[0] and run.pid in ancestors:
            found.append(int(path.name))
    return sorted(found)


def gone(processes):
    end = time.monotonic() + 10
    while any(pathlib.Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def check_bytes():
    for name, template, solver in CASES:
        print(name)
        spec = SPEC.replace("TEMPLATE", template).replace("SOLVER", solver).replace("EPOCHS", "3")
        places = {ranks: folder / f"{name.split()[0]}-{ranks}" for ranks in (1, 2, 3, 4)}
        for ranks, place in places.items():
            expect(train(place, spec, ranks) == 0, f"{ranks} ranks train it")
        for ranks in (2, 3, 4):
            same(places[ranks], places[1], f"{ranks} ranks")
        reproduced = subprocess.run(
            [program, "reproduce", "ranks/1"], cwd=places[2], env=environment, text=True, capture_output=True
        )
        expect(reproduced.stdout.startswith("identical"), "one process reproduces what two ranks trained")


def check_ends():
    print("ranks that end before the end")
    spec = SPEC.replace("TEMPLATE", UNET).replace("SOLVER", CASES[0][2]).replace("EPOCHS", "40")
    reference = folder / "ends-1"
    expect(train(reference, spec, 1) == 0, "one process trains it")

    for number in (0, 1):
        place = write(folder / f"killed-{number}", spec, 2)
        run = start(place)
        wait_for_checkpoint(place)
        ranks = members(run)
        expect(len(ranks) == 2, f"two ranks run ({len(ranks)})")
        os.kill(ranks[number], signal.SIGKILL)
        output, _ = run.communicate(timeout=60)
        expect(run.returncode == 1, f"one rank is killed: exit status 1 (it was {run.returncode})")
        expect("killed by signal 9" in output, "the message says so")
        expect("go on with:" in output, "it says how to go on")
        expect(gone(ranks), "no rank is left")
        expect(train(place, spec, 2) == 0, "the same command goes on")
        same(place, reference, "killed and gone on")

    place = write(folder / "stopped", spec, 2)
    run = start(place)
    wait_for_checkpoint(place)
    ranks = members(run)
    run.send_signal(signal.SIGINT)
    output, _ = run.communicate(timeout=60)
    expect(run.returncode == 75, f"Ctrl-C: exit status 75 (it was {run.returncode})")
    expect(gone(ranks), "no rank is left")
    expect(train(place, spec, 4) == 0, "it goes on with four ranks")
    same(place, reference, "stopped and gone on with other ranks")

    place = write(folder / "abandoned", spec, 2)
    run = start(place)
    wait_for_checkpoint(place)
    ranks = members(run)
    run.kill()
    run.communicate(timeout=60)
    expect(gone(ranks), "the command is killed: no rank is left")
    expect(train(place, spec, 2) == 0, "the same command goes on")
    same(place, reference, "abandoned and gone on")


def check_slurm():
    names = ("slurmctld", "slurmd", "sbatch", "munge")
    if os.geteuid() != 0 or any(shutil.which(name) is None for name in names):
        print("Slurm: not tested, this needs root and Debian's slurmctld, slurmd, slurm-client and munge")
        return
    print("two ranks on two nodes of Slurm")
    spec = SPEC.replace("TEMPLATE", UNET).replace("SOLVER", CASES[0][2]).replace("EPOCHS", "3")
    cluster = folder / "cluster"
    environment["SLURM_CONF"] = str(cluster / "slurm.conf")
    subprocess.run(["sh", str(slurm_tests / "cluster.sh"), "start", str(cluster)], check=True)
    try:
        place = folder / "slurm"
        expect(train(place, spec, 2, "--executor", "slurm") == 0, "two ranks train it")
        same(place, folder / "batch-1", "in Slurm")
        shown = subprocess.run(
            [program, "show", "ranks/1"], cwd=place, env=environment, text=True, capture_output=True
        ).stdout
        expect("on each of 2 ranks" in shown, "the record says how it was trained")
    finally:
        subprocess.run(["sh", str(slurm_tests / "cluster.sh"), "stop", str(cluster)], check=False)


def main():
    if shutil.which("mpirun") is None:
        print("this needs Open MPI's mpirun: install Debian's openmpi-bin")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    check_bytes()
    check_ends()
    check_slurm()
    print(f"{len(failures)} wrong" if failures else "all as it should be")
    return 1 if failures else 0


sys.exit(main())
