"""Numbers that follow from their place, so that no fixture stores a parameter.

`uniform` gives the same bits as `ck_random_uniform` of Sources/CKernels/ck_random.c: word i of the
stream (seed, purpose) of Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011)."""

import functools
import math

import numpy as np
import torch

PARAMETERS, STATISTICS, IMAGES, GRADIENTS = 1, 2, 3, 4


def philox(blocks, purpose, seed):
    """Four words of 32 bits for each block, `[blocks, 4]`; the key is the seed."""
    low = np.uint64(0xFFFFFFFF)
    c0 = np.arange(blocks, dtype=np.uint64)
    c1 = np.full(blocks, purpose, dtype=np.uint64)
    c2 = c3 = np.zeros(blocks, dtype=np.uint64)
    k0, k1 = seed, 0
    for _ in range(10):
        p0, p1 = c0 * np.uint64(0xD2511F53), c2 * np.uint64(0xCD9E8D57)
        c0 = (p1 >> np.uint64(32)) ^ c1 ^ np.uint64(k0)
        c2 = (p0 >> np.uint64(32)) ^ c3 ^ np.uint64(k1)
        c1, c3 = p1 & low, p0 & low
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)


def uniform(shape, limit, seed, purpose):
    """Float32 values in [-limit, limit)."""
    count = math.prod(shape)
    words = philox((count + 3) // 4, purpose, seed).ravel()[:count]
    values = (words >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24)
    return torch.from_numpy(np.float32(limit) * (2 * values - 1)).reshape(tuple(shape))


def images(shape, purpose):
    """Noise, each image brighter than the one before it by 1: norms behind an average over the
    whole image need images that differ as a whole."""
    brightness = torch.arange(shape[0]) - (shape[0] - 1) / 2
    noise = uniform(shape, math.sqrt(3), IMAGES, purpose)
    return noise + brightness.reshape(-1, *[1] * (len(shape) - 1))


# What the values of a role lie around, and how far from it; a weight's distance depends on its
# shape.
CENTRES = {"scale": 1, "shift": 3, "slope": 0.25, "variance": 1}
LIMITS = {"variance": 0.5, "shift": 0.25}


def centre(name):
    """Most values behind a norm's shift of 3 are above 0: a value that lies within rounding of a
    rectifier's bend, where float32 may take the other side than float64 and gradients jump, is
    rare, and values on either side are not. The last norm of a residual branch has less, so that
    sums do not drift."""
    role = name.rpartition(".")[2]
    is_last = name.endswith((".bn3.shift", ".stack.conv3.bn_pw.shift"))
    return 1.25 if is_last else CENTRES.get(role, 0)


def limit(name, shape, stride=None):
    """Of a weight √(6 / fan-in), which keeps the variance through a ReLU (He et al. 2015).

    A stride, one for both axes or one each, is given for a transposed convolution, whose shape is
    [inputs, outputs, …]."""
    role = name.rpartition(".")[2]
    if role != "weight":
        return LIMITS.get(role, 0.1)
    inputs = math.prod(shape[1:])
    if stride is not None:
        steps = stride**2 if isinstance(stride, int) else math.prod(stride)
        inputs = max(1, shape[0] * math.prod(shape[2:]) // steps)
    return float(np.float32(math.sqrt(6 / inputs)))


@functools.cache
def values(name, shape, limit, seed, purpose):
    """A parameter or statistic in float32; `purpose` is its index."""
    return uniform(shape, limit, seed, purpose) + np.float32(centre(name))
