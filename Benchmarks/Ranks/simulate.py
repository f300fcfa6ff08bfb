"""How long a step takes by many ranks, on paper: from the seconds of a batch, the bytes of the gradients and the network.

usage: simulate.py --batch-seconds 1.9 --values 7760000 --update-seconds 0.02 [--batches 64] [--jitter 0.03]

A step of S batches by N ranks takes ceil(S / N) turns. In each a rank computes a batch, waits for the slowest of the
others, and sends each of them its part of the gradients; after the last it gives its part of the sum to all, and takes
the step. Nothing overlaps, as it is built.

    turn    = c (1 + j sqrt(2 ln N)) + x,  x = 4 P (N - 1) / (N B) + (N - 1) L
    step(N) = ceil(S / N) turn + x + u

c seconds of a batch, j their relative deviation (the largest of N normal values lies about sqrt(2 ln N) deviations above
the mean), P values, B bytes a second that a rank sends while it receives as many, L seconds of a message, u seconds of
the update. "Measured" is what exchange.c found for 33 MB between two processes over TCP on one machine. The others are
10 Gbit/s Ethernet with TCP, 25 Gbit/s, and 100 Gbit/s InfiniBand, at 90 % of their rate.
"""

import argparse
import math

NETWORKS = [
    ("measured", 0.33e9, 60e-6),
    ("10 Gbit/s", 1.12e9, 30e-6),
    ("25 Gbit/s", 2.8e9, 20e-6),
    ("100 Gbit/s", 11.2e9, 2e-6),
]


def step(options, ranks, bandwidth, latency):
    exchange = 4 * options.values * (ranks - 1) / (ranks * bandwidth) + (ranks - 1) * latency
    slowest = options.batch_seconds * (1 + options.jitter * math.sqrt(2 * math.log(ranks)))
    turns = math.ceil(options.batches / ranks)
    shared = exchange if ranks > 1 else 0
    return turns * (slowest + shared) + shared + options.update_seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-seconds", type=float, required=True)
    parser.add_argument("--values", type=float, required=True)
    parser.add_argument("--update-seconds", type=float, required=True)
    parser.add_argument("--batches", type=int, default=64)
    parser.add_argument("--jitter", type=float, default=0.03)
    options = parser.parse_args()
    alone = step(options, 1, 1, 0)
    print(f"one rank: {alone:.2f} s a step of {options.batches} batches")
    print("| ranks | " + " | ".join(f"{name}: s, speed-up, efficiency" for name, _, _ in NETWORKS) + " |")
    print("|" + "---|" * (1 + len(NETWORKS)))
    ranks = 2
    while ranks <= options.batches:
        cells = []
        for _, bandwidth, latency in NETWORKS:
            seconds = step(options, ranks, bandwidth, latency)
            cells.append(f"{seconds:.3f}, {alone / seconds:.1f} ×, {alone / seconds / ranks:.0%}")
        print(f"| {ranks} | " + " | ".join(cells) + " |")
        ranks *= 2


main()
