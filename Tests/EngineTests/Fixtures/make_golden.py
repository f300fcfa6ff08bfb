"""Writes golden-losses.json, golden-solvers.json and golden-schedules.json: what PyTorch computes
in float64, the gradients by its autograd; solvers that it lacks are written out from their papers.

    python make_golden.py        (PyTorch 2; any version gives the same digits)
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent
IGNORED = 255

# Logits [N, K, H, W] and labels [N, H, W]; class 2 is absent from the second image of "three".
INPUTS = {
    "two": (
        [[[[2.0, -1.0], [0.5, 0.0]], [[-1.0, 1.5], [1.0, -0.5]]]],
        [[[0, 1], [0, 0]]],
    ),
    "three": (
        [
            [[[1.0, 0.2], [-0.5, 0.3]], [[0.0, 1.2], [0.4, -0.7]], [[-1.0, -0.3], [1.5, 0.1]]],
            [[[0.6, -0.4], [0.9, -1.1]], [[1.1, 0.8], [-0.2, 0.5]], [[-0.6, 0.3], [0.0, 1.4]]],
        ],
        [[[0, 1], [2, 255]], [[1, 1], [255, 0]]],
    ),
}


def cross_entropy(z, y, class_weights=None, normalize="valid"):
    w = None if class_weights is None else torch.tensor(class_weights)
    if normalize == "weights":
        return F.cross_entropy(z, y, weight=w, ignore_index=IGNORED)
    total = F.cross_entropy(z, y, weight=w, ignore_index=IGNORED, reduction="sum")
    return total / (y != IGNORED).sum()


def dice(z, y, smooth=1.0, denominator="sum", batch=True, absent="keep", include_background=True):
    classes, valid = z.shape[1], (y != IGNORED)
    g = F.one_hot(torch.where(valid, y, 0), classes).permute(0, 3, 1, 2) * valid[:, None]
    p = torch.softmax(z, 1) * valid[:, None]
    over = (0, 2, 3) if batch else (2, 3)
    overlap, truth = (p * g).sum(over), g.sum(over)
    volume = (p * p if denominator == "squared" else p).sum(over)
    ratio = (2 * overlap + smooth) / (volume + truth + smooth)
    counts = torch.ones_like(truth, dtype=torch.bool)
    if absent == "skip":
        counts &= truth > 0
    if not include_background:
        counts[..., 0] = False
    return 1 - ratio[counts].mean()


LOSSES = [
    (cross_entropy, "two", {}),
    (cross_entropy, "three", {}),
    (cross_entropy, "three", {"class_weights": [0.5, 1, 3]}),
    (cross_entropy, "three", {"class_weights": [0.5, 1, 3], "normalize": "weights"}),
    (dice, "two", {"smooth": 0}),
    (dice, "two", {}),
    (dice, "two", {"smooth": 0, "denominator": "squared"}),
    (dice, "two", {"denominator": "squared"}),
    (dice, "three", {}),
    (dice, "three", {"smooth": 1e-5}),
    (dice, "three", {"batch": False}),
    (dice, "three", {"batch": False, "absent": "skip"}),
    (dice, "three", {"include_background": False}),
    (dice, "three", {"batch": False, "denominator": "squared", "include_background": False}),
]


def losses():
    for function, name, fields in LOSSES:
        logits, labels = INPUTS[name]
        z, y = torch.tensor(logits, requires_grad=True), torch.tensor(labels)
        value = function(z, y, **fields)
        value.backward()
        yield {
            "component": function.__name__,
            "fields": fields,
            "shape": list(z.shape),
            "logits": z.detach().flatten().tolist(),
            "labels": y.flatten().tolist(),
            "value": value.item(),
            "gradient": z.grad.flatten().tolist(),
        }


class Rule:
    """A solver that PyTorch lacks, from its paper: `update` of one parameter, t from 1."""

    def __init__(self, parameters, lr, weight_decay, **options):
        (self.parameter,) = parameters
        self.lr, self.decay, self.options, self.t, self.slots = lr, weight_decay, options, 0, {}

    def step(self):
        self.t += 1
        with torch.no_grad():
            self.update(self.parameter, self.parameter.grad, **self.options)

    def slot(self, name, value=None):
        if value is not None:
            self.slots[name] = value.clone()
        return self.slots.get(name, torch.zeros_like(self.parameter))

    def mean(self, name, beta, value):
        return self.slot(name, beta * self.slot(name) + (1 - beta) * value)

    def corrected(self, name, beta, value):
        return self.mean(name, beta, value) / (1 - beta**self.t)


class SGDW(Rule):
    def update(self, p, g, momentum):
        v = self.slot("v", momentum * self.slot("v") + g)
        p -= self.lr * v + self.lr * self.decay * p


class AdaBelief(Rule):
    def update(self, p, g, betas=(0.9, 0.999), eps=1e-16):
        m = self.mean("m", betas[0], g)
        s = self.slot("s", betas[1] * self.slot("s") + (1 - betas[1]) * (g - m) ** 2 + eps)
        root = (s / (1 - betas[1] ** self.t)).sqrt()
        p -= self.lr * (m / (1 - betas[0] ** self.t) / (root + eps) + self.decay * p)


class LAMB(Rule):
    def update(self, p, g, betas=(0.9, 0.999), eps=1e-6):
        root = self.corrected("v", betas[1], g * g).sqrt()
        u = self.corrected("m", betas[0], g) / (root + eps) + self.decay * p
        p -= self.lr * p.norm() / u.norm() * u


class LARS(Rule):
    def update(self, p, g, momentum=0.9, trust=1e-3, eps=1e-8):
        ratio = trust * p.norm() / (g.norm() + self.decay * p.norm() + eps)
        v = self.slot("v", momentum * self.slot("v") + ratio * (g + self.decay * p))
        p -= self.lr * v


class Lion(Rule):
    def update(self, p, g, betas=(0.9, 0.99)):
        c = betas[0] * self.slot("m") + (1 - betas[0]) * g
        p -= self.lr * (c.sign() + self.decay * p)
        self.mean("m", betas[1], g)


class MADGRAD(Rule):
    def update(self, p, g, momentum=0.9, eps=1e-6):
        start = self.slots.setdefault("start", p.clone())
        g = g + self.decay * p
        rate = self.lr * self.t**0.5
        q = self.slot("q", self.slot("q") + rate * g * g)
        s = self.slot("s", self.slot("s") + rate * g)
        p.copy_(momentum * p + (1 - momentum) * (start - s / (q ** (1 / 3) + eps)))


class Lookahead:
    """Slow weights behind any of PyTorch's optimizers."""

    def __init__(self, parameters, lr, weight_decay, inner, k, alpha, **options):
        self.inner = inner(parameters, lr=lr, weight_decay=weight_decay, **options)
        (self.parameter,), self.k, self.alpha, self.t = parameters, k, alpha, 0
        self.slow = self.parameter.detach().clone()

    def step(self):
        self.inner.step()
        self.t += 1
        if self.t % self.k == 0:
            with torch.no_grad():
                self.slow += self.alpha * (self.parameter - self.slow)
                self.parameter.copy_(self.slow)


GRADIENTS = [[0.5, -1.0], [-0.25, 0.75], [1.0, 0.1]]
SHRINKING = [[2.0, -2.0], [0.1, 0.2], [0.1, -0.1]]  # where AMSGrad and Adam part
NESTEROV = {"momentum": 0.9, "nesterov": True}
SOLVERS = [
    ("SGD", {"momentum": 0}, 0, GRADIENTS, torch.optim.SGD, {}),
    ("SGD", {"momentum": 0}, 0.01, GRADIENTS, torch.optim.SGD, {}),
    ("SGD", {}, 0, GRADIENTS, torch.optim.SGD, {"momentum": 0.9}),
    ("SGD", {"nesterov": True}, 0, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("SGD", {"nesterov": True}, 0.01, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("ADAM", {}, 0, GRADIENTS, torch.optim.Adam, {}),
    ("ADAM", {}, 0.01, GRADIENTS, torch.optim.Adam, {}),
    ("ADAM", {"momentum2": 0.5}, 0, SHRINKING, torch.optim.Adam, {"betas": (0.9, 0.5)}),
    ("ADAM", {"delta": 0.1}, 0, GRADIENTS, torch.optim.Adam, {"eps": 0.1}),
    ("AMSGRAD", {}, 0, GRADIENTS, torch.optim.Adam, {"amsgrad": True}),
    (
        "AMSGRAD", {"momentum2": 0.5}, 0, SHRINKING, torch.optim.Adam,
        {"betas": (0.9, 0.5), "amsgrad": True},
    ),
    ("NESTEROV", {}, 0.01, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("SGDW", {}, 0, GRADIENTS, SGDW, {"momentum": 0.9}),
    ("SGDW", {}, 0.01, GRADIENTS, SGDW, {"momentum": 0.9}),
    ("SGDW", {"momentum": 0}, 0.01, GRADIENTS, SGDW, {"momentum": 0}),
    ("ADAGRAD", {}, 0, GRADIENTS, torch.optim.Adagrad, {}),
    ("ADAGRAD", {"delta": 1e-2}, 0.01, GRADIENTS, torch.optim.Adagrad, {"eps": 1e-2}),
    ("RMSPROP", {}, 0, GRADIENTS, torch.optim.RMSprop, {}),
    ("RMSPROP", {"rms_decay": 0.9, "delta": 0.1}, 0.01, GRADIENTS, torch.optim.RMSprop,
     {"alpha": 0.9, "eps": 0.1}),
    ("RMSPROP", {"momentum": 0.9}, 0, GRADIENTS, torch.optim.RMSprop, {"momentum": 0.9, "lr": 0.01}),
    ("RMSPROP", {"centered": True}, 0, GRADIENTS, torch.optim.RMSprop,
     {"centered": True, "lr": 0.01}),
    ("RMSPROP", {"centered": True, "momentum": 0.9}, 0, GRADIENTS, torch.optim.RMSprop,
     {"centered": True, "momentum": 0.9, "lr": 0.01}),
    ("ADADELTA", {}, 0, GRADIENTS, torch.optim.Adadelta, {"lr": 1}),
    ("ADADELTA", {"momentum": 0.95}, 0.01, GRADIENTS, torch.optim.Adadelta,
     {"lr": 1, "rho": 0.95}),
    ("ADAMW", {}, 0, GRADIENTS, torch.optim.AdamW, {}),
    ("ADAMW", {}, 0.01, GRADIENTS, torch.optim.AdamW, {}),
    ("AMSGRADW", {"momentum2": 0.5}, 0.01, SHRINKING, torch.optim.AdamW,
     {"betas": (0.9, 0.5), "amsgrad": True}),
    ("ADABELIEF", {}, 0, GRADIENTS, AdaBelief, {}),
    ("ADABELIEF", {"delta": 1e-3}, 0.01, GRADIENTS, AdaBelief, {"eps": 1e-3}),
    ("RADAM", {}, 0, GRADIENTS, torch.optim.RAdam, {}),
    ("RADAM", {"momentum2": 0.9, "delta": 0.1}, 0.01, GRADIENTS, torch.optim.RAdam,
     {"betas": (0.9, 0.9), "eps": 0.1}),
    ("RANGER", {}, 0, GRADIENTS, Lookahead, {"inner": torch.optim.RAdam, "k": 6, "alpha": 0.5}),
    ("RANGER", {"k": 2, "alpha": 0.8}, 0.01, GRADIENTS, Lookahead,
     {"inner": torch.optim.RAdam, "k": 2, "alpha": 0.8}),
    ("LOOKAHEAD", {"inner": {"type": "SGD", "momentum": 0}, "k": 2}, 0, GRADIENTS, Lookahead,
     {"inner": torch.optim.SGD, "k": 2, "alpha": 0.5}),
    ("LOOKAHEAD", {"inner": {"type": "ADAM", "delta": 0.1}, "k": 3, "alpha": 0.2}, 0.01,
     GRADIENTS, Lookahead, {"inner": torch.optim.Adam, "k": 3, "alpha": 0.2, "eps": 0.1}),
    ("LAMB", {}, 0, GRADIENTS, LAMB, {}),
    ("LAMB", {}, 0.01, GRADIENTS, LAMB, {}),
    ("LARS", {}, 0, GRADIENTS, LARS, {}),
    ("LARS", {"trust": 0.1}, 0.01, GRADIENTS, LARS, {"trust": 0.1, "lr": 1}),
    ("LION", {}, 0, GRADIENTS, Lion, {}),
    ("LION", {"momentum": 0.5, "momentum2": 0.8}, 0.1, GRADIENTS, Lion, {"betas": (0.5, 0.8)}),
    ("MADGRAD", {}, 0, GRADIENTS, MADGRAD, {"lr": 0.01}),
    ("MADGRAD", {"momentum": 0.5}, 0.01, GRADIENTS, MADGRAD, {"momentum": 0.5, "lr": 0.01}),
]  # fmt: skip


def solvers():
    start, steps = [1.0, -2.0], 8
    for component, fields, decay, gradients, optimizer, options in SOLVERS:
        options = {"lr": 0.1, **options}
        parameter = torch.nn.Parameter(torch.tensor(start))
        rule = optimizer([parameter], weight_decay=decay, **options)
        taken, trace = [], []
        for step in range(steps):
            taken.append(gradients[step % len(gradients)])
            parameter.grad = torch.tensor(taken[-1])
            rule.step()
            trace.append(parameter.detach().tolist())
        yield {
            "component": component,
            "fields": fields,
            "rate": options["lr"],
            "decay": decay,
            "start": start,
            "gradients": taken,
            "parameters": trace,
        }


def raised_cosine(x):
    """(1 + cos πx) / 2 without the cancellation near 1."""
    return math.sin(math.pi / 2 * (1 - x)) ** 2


def restarts(step, base, lowest, period, multiplier, factor):
    start, highest = 0, base
    while step >= start + period:
        start, period, highest = start + period, int(period * multiplier), highest * factor
    return lowest + (highest - lowest) * raised_cosine((step - start) / period)


def one_cycle(step, base, steps, rising=0.3, divisor=25, final_divisor=1e4):
    first, top = base / divisor, rising * steps - 1
    if step <= top:
        return base + (first - base) * raised_cosine(step / top)
    last = first / final_divisor
    return last + (base - last) * raised_cosine((step - top) / (steps - 1 - top))


def torch_rates(base, steps, scheduler, **options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    rule, rates = scheduler(optimizer, **options), []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            rule.step()
    return rates


def schedules():
    base, steps, at = 0.1, 100, [0, 1, 5, 10, 20, 50, 99, 100]
    # The formulas are PyTorch's, which steps from rate to rate and rounds each time.
    scheduler = torch.optim.lr_scheduler
    for rule, rates in [
        (lambda i: restarts(i, base, 1e-3, 20, 2, 1),
         torch_rates(base, 101, scheduler.CosineAnnealingWarmRestarts, T_0=20, T_mult=2,
                     eta_min=1e-3)),
        (lambda i: one_cycle(i, base, 101),
         torch_rates(base, 101, scheduler.OneCycleLR, max_lr=base, total_steps=101)),
    ]:  # fmt: skip
        assert all(abs(rule(i) - rate) < 1e-15 for i, rate in enumerate(rates))
    for component, fields, rule in [
        ("fixed", {}, lambda i: base),
        ("step", {"stepsize": 20, "gamma": 0.5}, lambda i: base * 0.5 ** (i // 20)),
        ("poly", {}, lambda i: base * (1 - i / steps) ** 0.9),
        ("poly", {"power": 2.5}, lambda i: base * (1 - i / steps) ** 2.5),
        ("multistep", {"stepvalue": [10, 50]}, lambda i: base * 0.1 ** ((i >= 10) + (i >= 50))),
        ("exp", {"gamma": 0.95}, lambda i: base * 0.95**i),
        ("inv", {"gamma": 0.01}, lambda i: base * (1 + 0.01 * i) ** -0.75),
        ("sigmoid", {"gamma": -0.1, "stepsize": 50}, lambda i: base / (1 + math.exp(0.1 * (i - 50)))),
        ("linear", {}, lambda i: base * (1 - i / steps)),
        ("linear", {"end_factor": 0.1}, lambda i: base * (1 - 0.9 * i / steps)),
        ("cosine", {}, lambda i: base * raised_cosine(i / steps)),
        ("cosine", {"min_lr": 1e-3}, lambda i: 1e-3 + (base - 1e-3) * raised_cosine(i / steps)),
        ("sgdr", {"period": 20, "min_lr": 1e-3}, lambda i: restarts(i, base, 1e-3, 20, 2, 0.8)),
        (
            "sgdr", {"period": 7, "p_mult": 1, "lr_mult": 1, "min_lr": 0},
            lambda i: restarts(i, base, 0, 7, 1, 1),
        ),
        (
            "sgdr", {"period": 5, "p_mult": 1.5, "lr_mult": 0.5},
            lambda i: restarts(i, base, 1e-6, 5, 1.5, 0.5),
        ),
        ("one_cycle", {}, lambda i: one_cycle(min(i, 99), base, steps)),
        (
            "one_cycle", {"pct_start": 0.1, "div_factor": 10, "final_div_factor": 100},
            lambda i: one_cycle(min(i, 99), base, steps, 0.1, 10, 100),
        ),
    ]:  # fmt: skip
        yield {
            "component": component,
            "fields": fields,
            "base": base,
            "steps": steps,
            "at": at,
            "rates": [rule(i) for i in at],
        }


for name, cases in [("losses", losses), ("solvers", solvers), ("schedules", schedules)]:
    path = FOLDER / f"golden-{name}.json"
    path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n")
