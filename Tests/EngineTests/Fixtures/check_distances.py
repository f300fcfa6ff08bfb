"""Computes distances between borders in the unit of the voxels with scipy, as the program records them.

    check_distances.py TRUTH.nii.gz PREDICTION.nii.gz [TRUTH PREDICTION …]

Slices along the third axis are images. For every class: borders are the class less its erosion by a cross;
distances are those of scipy.ndimage.distance_transform_edt with the extent of the voxels; hd95 is the greater of
the two directions' 95th percentiles (MONAI's compute_hausdorff_distance), assd the mean of all distances; a
class that one of both lacks costs the diagonal. Values of a class are means over slices, of the set over classes.
"""

import sys

import nibabel
import numpy
from scipy import ndimage


def border(mask):
    cross = ndimage.generate_binary_structure(2, 1)
    return mask & ~ndimage.binary_erosion(mask, cross)


def distances(truth, prediction, spacing):
    """From each border pixel to the other border, both ways; None where a class is in one alone."""
    if not truth.any() and not prediction.any():
        return ()
    if not truth.any() or not prediction.any():
        return None
    one, other = border(truth), border(prediction)
    to_one = ndimage.distance_transform_edt(~one, sampling=spacing)
    to_other = ndimage.distance_transform_edt(~other, sampling=spacing)
    return to_other[one], to_one[other]


def main(paths):
    pairs = [(nibabel.load(t), nibabel.load(p)) for t, p in zip(paths[::2], paths[1::2])]
    classes = 1 + max(int(max(t.get_fdata().max(), p.get_fdata().max())) for t, p in pairs)
    values = {"hausdorff": [], "hausdorff_95": [], "average_surface_distance": []}
    for label in range(classes):
        found = {name: [] for name in values}
        for truth, prediction in pairs:
            spacing = truth.header.get_zooms()[:2]
            diagonal = numpy.hypot(*(s * n for s, n in zip(spacing, truth.shape[:2])))
            for z in range(truth.shape[2]):
                masks = [v.get_fdata()[:, :, z] == label for v in (truth, prediction)]
                both = distances(*masks, spacing)
                if both == ():
                    continue
                if both is None:
                    for name in found:
                        found[name].append(diagonal)
                    continue
                found["hausdorff"].append(max(d.max() for d in both))
                found["hausdorff_95"].append(max(numpy.percentile(d, 95) for d in both))
                found["average_surface_distance"].append(numpy.concatenate(both).mean())
        for name in values:
            if found[name]:
                values[name].append(numpy.mean(found[name]))
    for name, each in values.items():
        print(name, numpy.mean(each), *each)


if __name__ == "__main__":
    main(sys.argv[1:])
