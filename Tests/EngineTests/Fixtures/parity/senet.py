"""The engine's own small residual network with squeeze and excitation (Hu, Shen & Sun 2018)."""

from twin import Twin, resize


class SENet(Twin):
    base, depths = 24, (1, 2, 3, 2)

    def separable_to(self, name, x, outputs, stride=1, activation=True):
        inputs = x.shape[1]
        x = self.unit(
            f"{name}.conv_dw", f"{name}.bn_dw", x, inputs, 3, None, stride=stride, groups=inputs
        )
        x = self.unit(f"{name}.conv_pw", f"{name}.bn_pw", x, outputs, activation=None)
        return x.relu() if activation else x

    def excited(self, name, x):
        gate = x.mean((2, 3), keepdim=True)
        gate = self.convolution(f"{name}.fc1", gate, x.shape[1] // 4, 1).relu()
        return x * self.convolution(f"{name}.fc2", gate, x.shape[1], 1).sigmoid()

    def block(self, name, x, outputs, stride):
        y = self.separable_to(f"{name}.conv1", x, outputs, stride)
        y = self.separable_to(f"{name}.conv2", y, outputs, activation=False)
        y = self.excited(f"{name}.se", y)
        if stride > 1:
            x = self.unit(
                f"{name}.downsample.0", f"{name}.downsample.1", x, outputs, activation=None,
                stride=stride,
            )  # fmt: skip
        return (x + y).relu()

    def forward(self, x):
        size = x.shape[2:]
        x = self.unit("stem.conv", "stem.bn", x, self.base, 3, stride=2)
        maps = []
        for stage, depth in enumerate(self.depths):
            for index in range(depth):
                name = f"stage{stage + 1}.{index}"
                x = self.block(name, x, self.base << stage, 2 if index == 0 else 1)
            maps.append(x)

        def lateral(number):
            name, map = f"decoder{number}", maps[number - 1]
            return self.unit(f"{name}.conv", f"{name}.bn", map, 2 * self.base, activation=None)

        x = lateral(4)
        for number in (3, 2, 1):
            finer = lateral(number)
            x = (finer + resize(x, finer.shape[2:])).relu()
        x = self.separable_to("head", x, 2 * self.base)
        return {"logits": resize(self.convolution("classifier", x, self.classes, 1), size)}


CASES = [("se_net", "se_net", {}, SENet, (6, 3, 67, 99))]
