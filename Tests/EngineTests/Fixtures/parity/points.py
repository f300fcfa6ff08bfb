"""PointNet (Qi, Su, Mo & Guibas 2017): the widespread PyTorch version with its transforms, and the authors'
network of rooms. Maxima are over all points, and transforms are products of matrices."""

import torch
import torch.nn.functional as F

from twin import Twin


class PointTwin(Twin):
    def layer(self, name, norm, x, outputs, activation=F.relu):
        x = self.norm(norm, self.convolution(name, x, outputs, 1))
        return activation(x) if activation else x

    def maximum(self, x):
        return x.amax(dim=(2, 3), keepdim=True)

    def transform(self, name, x, size):
        """A matrix for each sample, less the identity, `[N, size², 1, 1]`."""
        for index, outputs in enumerate([64, 128, 1024], 1):
            x = self.layer(f"{name}.conv{index}", f"{name}.bn{index}", x, outputs)
        x = self.maximum(x)
        x = self.layer(f"{name}.fc1", f"{name}.bn4", x, 512)
        x = self.layer(f"{name}.fc2", f"{name}.bn5", x, 256)
        return self.convolution(f"{name}.fc3", x, size * size, 1)

    def turned(self, x, matrix, size):
        """Points as rows times the matrix; the channels behind the first stay."""
        matrix = matrix.reshape(-1, size, size) + torch.eye(size, dtype=x.dtype)
        moved = torch.bmm(x[:, :size].flatten(2).transpose(1, 2), matrix)
        moved = moved.transpose(1, 2).reshape(x.shape[0], size, *x.shape[2:])
        return torch.cat([moved, x[:, size:]], dim=1)


class PointNet(PointTwin):
    transforms_features = False

    def forward(self, x):
        matrix = self.transform("feat.stn", x, 3)
        x = self.layer("feat.conv1", "feat.bn1", self.turned(x, matrix, 3), 64)
        heads = {}
        if self.transforms_features:
            heads["transform"] = self.transform("feat.fstn", x, 64)
            x = self.turned(x, heads["transform"], 64)
        local = x
        x = self.layer("feat.conv2", "feat.bn2", x, 128)
        x = self.layer("feat.conv3", "feat.bn3", x, 1024, activation=None)
        x = torch.cat([self.maximum(x).expand(-1, -1, *local.shape[2:]), local], dim=1)
        for index, outputs in enumerate([512, 256, 128], 1):
            x = self.layer(f"conv{index}", f"bn{index}", x, outputs)
        return {"logits": self.convolution("conv4", x, self.classes, 1), **heads}


class PointNetFeatures(PointNet):
    transforms_features = True


class PointNetSemantic(PointTwin):
    def forward(self, x):
        for index, outputs in enumerate([64, 64, 64, 128, 1024], 1):
            x = self.layer(f"conv{index}", f"bn{index}", x, outputs)
        points = x
        x = self.layer("fc1", "fc_bn1", self.maximum(x), 256)
        x = self.layer("fc2", "fc_bn2", x, 128)
        x = torch.cat([points, x.expand(-1, -1, *points.shape[2:])], dim=1)
        x = self.layer("conv6", "bn6", x, 512)
        x = self.layer("conv7", "bn7", x, 256)
        return {"logits": self.convolution("conv8", x, self.classes, 1)}


CASES = [
    ("pointnet", "pointnet", {}, PointNet, (4, 5, 1, 300)),
    ("pointnet-features", "pointnet", {"transform": "features"}, PointNetFeatures, (4, 3, 1, 90)),
    ("pointnet_semantic", "pointnet_semantic", {}, PointNetSemantic, (4, 9, 1, 300)),
]
