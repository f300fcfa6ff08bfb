"""A twin's step of training, forward and backward, in float64, and how far float32 is from it."""

import torch

import formula

CLASSES = 5
# How far PyTorch's own float32 may be from what is written, relative to a tensor's largest value.
TOLERANCE = 4e-4
# Noise on the images of the size that rounding has in the middle of a network, and how often.
ROUNDING, DRAWS = 3e-6, 8
# Gradients that are smaller, relative to the largest of all, are zero but for rounding: those of
# biases before a norm.
VANISHING = 1e-9


def flat(tensor):
    return tensor.detach().double().flatten()


class Step:
    """Computes the heads, and the gradients of the sum of heads times their given gradients."""

    def __init__(self, twin, input_shape, images, precision, noise=0):
        self.twin = twin(CLASSES, precision)
        x = formula.images(input_shape, images).to(precision)
        x = x + noise * torch.randn(x.shape, dtype=precision)
        self.heads = self.twin.forward(x)
        total = 0
        for index, head in enumerate(self.heads.values()):
            gradient = formula.uniform(head.shape, 1, formula.GRADIENTS, index)
            total = total + (head * gradient.to(precision)).sum()
        total.backward()


def largest_gradient(twin):
    return max(tensor.values.grad.abs().max().item() for tensor in twin.parameters.values())


def distance(value, exact, least=0):
    """The largest difference, relative to the largest magnitude, or to the least unit where that
    is smaller."""
    value, exact = flat(value), flat(exact)
    return (value - exact).abs().max().item() / max(exact.abs().max().item(), least)


class Deviation:
    """How far PyTorch's own float32 is from float64, relative to the largest values: what tolerance
    a comparison can have."""

    def __init__(self, exact, single):
        self.heads = max(distance(single.heads[name], head) for name, head in exact.heads.items())
        self.unit = largest_gradient(exact.twin)
        self.gradients = {
            name: distance(
                single.twin.parameters[name].values.grad, tensor.values.grad, 1e-3 * self.unit
            )
            for name, tensor in exact.twin.parameters.items()
        }
        self.vanishing = {
            name
            for name, tensor in exact.twin.parameters.items()
            if tensor.values.grad.abs().max() < VANISHING * self.unit
        }

    def largest(self):
        others = self.gradients.keys() - self.vanishing
        return max(self.heads, *(self.gradients[name] for name in others))


def agreeing_step(twin, input_shape):
    """A step in float64 on the first images on which float32, and float64 with noise of rounding's
    size on the images, come close to it, and how close float32 comes.

    Where a value lies within rounding of a rectifier's bend, or two of a pooling's window are equal
    but for rounding, a gradient jumps, and no two programs need agree."""
    for images in range(40):
        exact = Step(twin, input_shape, images, torch.float64)
        off = Deviation(exact, Step(twin, input_shape, images, torch.float32))
        if is_smooth(exact, off, input_shape, images):
            return images, exact, off
    raise SystemExit("float32 and float64 differ on all images")


def is_smooth(exact, off, input_shape, images):
    largest = off.largest()
    for draw in range(DRAWS):
        if largest >= TOLERANCE:
            print(f"    images {images}: off by {largest:.2g}", flush=True)
            return False
        torch.manual_seed(draw)
        near = Step(type(exact.twin), input_shape, images, torch.float64, ROUNDING)
        largest = Deviation(exact, near).largest()
    return largest < TOLERANCE
