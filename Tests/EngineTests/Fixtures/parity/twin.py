"""Networks under the engine's names: written down layer by layer, or a module of a library."""

import torch
import torch.nn.functional as F
from torch import nn

import formula


class Tensor:
    """A parameter or statistic, and the limit of the values that it begins with."""

    def __init__(self, name, shape, limit, values):
        self.name, self.shape, self.limit, self.values = name, list(shape), limit, values


class Twin:
    """A network in training, without dropout, whose tensors are made when a layer first names
    them.

    A subclass has `forward(x)`, which returns the heads by name, the logits first."""

    def __init__(self, classes, precision):
        self.classes, self.precision = classes, precision
        self.parameters, self.statistics = {}, {}

    def parameter(self, name, shape, stride=None):
        if name not in self.parameters:
            limit = formula.limit(name, shape, stride)
            values = formula.values(
                name, tuple(shape), limit, formula.PARAMETERS, len(self.parameters)
            ).to(self.precision, copy=True)
            self.parameters[name] = Tensor(name, shape, limit, values.requires_grad_())
        return self.parameters[name].values

    def statistic(self, name, shape):
        if name not in self.statistics:
            limit = formula.limit(name, shape)
            values = formula.values(
                name, tuple(shape), limit, formula.STATISTICS, len(self.statistics)
            ).to(self.precision, copy=True)
            self.statistics[name] = Tensor(name, shape, limit, values)
        return self.statistics[name].values

    # MARK: Layers

    def convolution(
        self, name, x, outputs, kernel=3, stride=1, padding=None, dilation=1, groups=1, bias=True
    ):
        """Padded so that a stride of 1 keeps the extent where nothing else is said."""
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        if padding is None:
            padding = tuple(dilation * (k - 1) // 2 for k in kernel)
        weight = self.parameter(f"{name}.weight", [outputs, x.shape[1] // groups, *kernel])
        bias = self.parameter(f"{name}.bias", [outputs]) if bias else None
        return F.conv2d(x, weight, bias, stride, padding, dilation, groups)

    def transposed(self, name, x, outputs, kernel=2, stride=2, bias=True, **settings):
        weight = self.parameter(f"{name}.weight", [x.shape[1], outputs, kernel, kernel], stride)
        bias = self.parameter(f"{name}.bias", [outputs]) if bias else None
        return F.conv_transpose2d(x, weight, bias, stride, **settings)

    def norm(self, name, x, epsilon=1e-5, momentum=0.1):
        channels = [x.shape[1]]
        scale = self.parameter(f"{name}.scale", channels)
        shift = self.parameter(f"{name}.shift", channels)
        mean = self.statistic(f"{name}.mean", channels)
        variance = self.statistic(f"{name}.variance", channels)
        return F.batch_norm(x, mean, variance, scale, shift, True, momentum, epsilon)

    def group_norm(self, name, x, groups):
        scale = self.parameter(f"{name}.scale", [x.shape[1]])
        return F.group_norm(x, groups, scale, self.parameter(f"{name}.shift", [x.shape[1]]))

    def unit(self, name, norm, x, outputs, kernel=1, activation=F.relu, epsilon=1e-5, **settings):
        """Convolution without bias, batch norm, activation."""
        x = self.convolution(name, x, outputs, kernel, bias=False, **settings)
        x = self.norm(norm, x, epsilon)
        return activation(x) if activation else x

    def separable(self, name, x, outputs, dilation=1, inner=None):
        """A convolution channel by channel, and a 1×1 convolution."""
        x = self.unit(
            f"{name}.conv_dw", f"{name}.bn_dw", x, x.shape[1], 3, inner, dilation=dilation,
            groups=x.shape[1],
        )  # fmt: skip
        return self.unit(f"{name}.conv_pw", f"{name}.bn_pw", x, outputs)


def resize(x, size, corners=False):
    if tuple(x.shape[2:]) == tuple(size):
        return x
    return F.interpolate(x, size=tuple(size), mode="bilinear", align_corners=corners)


class ModuleTwin(Twin):
    """A module of a library, whose layers get the engine's names.

    A subclass has `build(classes)`, `rename(layer)`, which is given the path of a layer and returns
    its name, or None where the engine has no such layer, and `forward(x)`."""

    def __init__(self, classes, precision):
        super().__init__(classes, precision)
        self.module = self.build(classes).to(precision).train()
        for path, layer in self.module.named_modules():
            if isinstance(layer, (nn.Dropout, nn.Dropout2d)):
                layer.p = 0
            name = self.rename(path)
            if name is None:
                continue
            if isinstance(layer, (nn.BatchNorm2d, nn.GroupNorm)):
                self.fill_norm(name, layer)
            elif isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
                stride = layer.stride[0] if isinstance(layer, nn.ConvTranspose2d) else None
                self.fill(layer, "weight", f"{name}.weight", stride)
                if layer.bias is not None:
                    self.fill(layer, "bias", f"{name}.bias")

    def fill(self, layer, own, name, stride=None):
        """Puts a parameter of ours in the place of the layer's."""
        values = self.parameter(name, getattr(layer, own).shape, stride)
        parameter = nn.Parameter(values.detach())
        setattr(layer, own, parameter)
        self.parameters[name].values = parameter

    def fill_norm(self, name, layer):
        self.fill(layer, "weight", f"{name}.scale")
        self.fill(layer, "bias", f"{name}.shift")
        if isinstance(layer, nn.GroupNorm):
            return
        layer.running_mean = self.statistic(f"{name}.mean", layer.running_mean.shape)
        layer.running_var = self.statistic(f"{name}.variance", layer.running_var.shape)

    def rename(self, layer):
        return layer
