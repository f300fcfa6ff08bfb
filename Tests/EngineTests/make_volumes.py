#!/usr/bin/env python3
"""Writes volumes of many kinds with the programs that people write them with, and what they hold as HDF5.

    make_volumes.py FOLDER

Beside each volume NAME stands NAME.truth.h5, whose dataset `pixels` [slices, height, width, channels] are the samples
that a reader should give, in single precision; the attribute `entry` is how a list names the volume, `spacing` the
extents of a voxel along slices, height and width, `affine` [3, 4] where its voxels lie, and `axes` what is said of
its axes. Needs the Python packages nibabel, pynrrd, SimpleITK, mrcfile, tifffile, zarr, numcodecs, numpy
and h5py.
"""
import gzip
import itertools
import os
import shutil
import sys

import h5py
import mrcfile
import nibabel
import nrrd
import numcodecs
import numpy
import SimpleITK
import tifffile
import zarr

folder = sys.argv[1]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
random = numpy.random.default_rng(11)
count = 0
shape = (5, 37, 53)
affine = numpy.array([[0.5, 0.1, 0, -20], [0, 0.75, 0.2, 30], [0.05, 0, 2, 7], [0, 0, 0, 1]])


def samples(shape, kind):
    kind = numpy.dtype(kind)
    if kind.kind == "f":
        return random.standard_normal(shape).astype(kind)
    if kind.kind == "b":
        return random.integers(0, 2, shape).astype(bool)
    limits = numpy.iinfo(kind)
    return random.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)


def expect(name, values, entry=None, spacing=None, matrix=None, axes=None):
    global count
    values = numpy.asarray(values)
    values = values[..., None] if values.ndim == 3 else values
    with h5py.File(os.path.join(folder, name + ".truth.h5"), "w") as file:
        with numpy.errstate(over="ignore"):
            file["pixels"] = values.astype(numpy.float32)
        file.attrs["entry"] = numpy.bytes_(entry or name)
        if axes:
            file.attrs["axes"] = numpy.bytes_(axes)
        if spacing is not None:
            file["spacing"] = numpy.asarray(spacing, numpy.float64)
        if matrix is not None:
            file["affine"] = numpy.asarray(matrix, numpy.float64)[:3]
    count += 1


def path(name):
    return os.path.join(folder, name)


def nifti():
    kinds = ["uint8", "int16", "int32", "float32", "float64", "int8", "uint16", "uint32", "int64", "uint64"]
    for kind, order, version in itertools.product(kinds, "<>", (1, 2)):
        values = samples(shape, kind)
        image_type = nibabel.Nifti1Image if version == 1 else nibabel.Nifti2Image
        header = (nibabel.Nifti1Header if version == 1 else nibabel.Nifti2Header)(endianness=order)
        header.set_data_dtype(kind)
        image = image_type(values.transpose(2, 1, 0), affine, header, dtype=kind)
        name = f"nifti{version}-{kind}-{'little' if order == '<' else 'big'}.nii" + (".gz" if version == 2 else "")
        nibabel.save(image, path(name))
        read = nibabel.load(path(name))
        expect(name, numpy.asarray(read.dataobj).transpose(2, 1, 0),
               spacing=read.header.get_zooms()[2::-1], matrix=read.affine)
    values = samples(shape, "int16")
    image = nibabel.Nifti1Image(values.transpose(2, 1, 0), affine)
    image.header.set_slope_inter(0.0137, -1024)
    image.header.set_xyzt_units("mm")
    for name in ["scaled.nii", "scaled.nii.gz"]:
        raw = image.header.copy()
        raw["scl_slope"], raw["scl_inter"] = 0.0137, -1024
        raw["vox_offset"] = 352
        raw["magic"] = b"n+1"
        data = raw.binaryblock + bytes(4) + values.tobytes()
        (gzip.open if name.endswith("gz") else open)(path(name), "wb").write(data)
        expect(name, nibabel.load(path(name)).get_fdata().transpose(2, 1, 0))
    quaternion = nibabel.Nifti1Image(values.transpose(2, 1, 0), None)
    turned = nibabel.affines.from_matvec(
        nibabel.eulerangles.euler2mat(0.2, -0.3, 0.5) @ numpy.diag([0.7, 0.8, 2.5]) @ numpy.diag([1, 1, -1]), [1, 2, 3])
    quaternion.set_qform(turned, code=1)
    quaternion.set_sform(None, code=0)
    nibabel.save(quaternion, path("qform.nii"))
    expect("qform.nii", values, matrix=nibabel.load(path("qform.nii")).affine)
    times = samples((4,) + shape, "int16")
    nibabel.save(nibabel.Nifti1Image(times.transpose(3, 2, 1, 0), affine), path("times.nii.gz"))
    expect("times.nii.gz", times.transpose(1, 2, 3, 0))
    colours = samples(shape + (3,), "uint8")
    packed = colours.transpose(2, 1, 0, 3).copy().view([("R", "u1"), ("G", "u1"), ("B", "u1")])[..., 0]
    nibabel.save(nibabel.Nifti1Image(packed, affine), path("colours.nii"))
    expect("colours.nii", colours)
    # Several members of gzip one behind the other, as bgzip and pigz write them.
    nibabel.save(nibabel.Nifti1Image(values.transpose(2, 1, 0), affine), path("plain.nii"))
    data = open(path("plain.nii"), "rb").read()
    expect("plain.nii", values)
    with open(path("members.nii.gz"), "wb") as file:
        for start in range(0, len(data), 1000):
            file.write(gzip.compress(data[start:start + 1000]))
    expect("members.nii.gz", values)
    # More than the parts that a compressed file is read in.
    long = random.integers(0, 40, (300, 128, 128), dtype=numpy.uint16)
    nibabel.save(nibabel.Nifti1Image(long.transpose(2, 1, 0), affine), path("long.nii.gz"))
    expect("long.nii.gz", long)


def nrrds():
    kinds = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64"]
    directions = {"space": "left-posterior-superior",
                  "space directions": affine[:3, :3].T, "space origin": affine[:3, 3]}
    signs = numpy.diag([-1, -1, 1.0])
    lps = signs @ affine[:3]
    for kind, encoding, detached in itertools.product(kinds, ["raw", "gzip"], [False, True]):
        values = samples(shape, kind)
        name = f"nrrd-{kind}-{encoding}-{'detached.nhdr' if detached else 'attached.nrrd'}"
        header = dict(directions, encoding=encoding)
        nrrd.write(path(name), values, header, index_order="C", detached_header=detached)
        read, _ = nrrd.read(path(name), index_order="C")
        spacing = numpy.linalg.norm(affine[:3, :3], axis=0)[::-1]
        expect(name, read, spacing=spacing, matrix=lps)
    values = samples(shape, "uint16")
    header = {"endian": "big", "encoding": "raw", "spacings": [0.3, 0.4, 1.5]}
    with open(path("big.nrrd"), "wb") as file:
        file.write(b"NRRD0004\n# a comment\ntype: unsigned short\ndimension: 3\nsizes: 53 37 5\nendian: big\n"
                   b"encoding: raw\nspacings: 0.3 0.4 1.5\nnote:=anything\n\n" + values.astype(">u2").tobytes())
    expect("big.nrrd", values, spacing=[1.5, 0.4, 0.3])
    colours = samples(shape + (3,), "uint8")
    nrrd.write(path("colours.nrrd"), colours, {"kinds": ["domain", "domain", "domain", "RGB-color"][::-1]}, index_order="C")
    expect("colours.nrrd", colours)
    planar = samples((4,) + shape, "float32")
    nrrd.write(path("planar.nrrd"), planar, {"kinds": ["domain", "domain", "domain", "list"]}, index_order="C")
    expect("planar.nrrd", planar.transpose(1, 2, 3, 0))
    with open(path("skipping.dat"), "wb") as file:
        file.write(b"a line\nanother\nXYZ" + values.tobytes())
    with open(path("skipping.nhdr"), "w") as file:
        file.write("NRRD0005\ntype: uint16\ndimension: 3\nsizes: 53 37 5\nendian: little\nencoding: raw\n"
                   "line skip: 2\nbyte skip: 3\ndata file: skipping.dat\n")
    expect("skipping.nhdr", values)


def metaimages():
    kinds = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64", "uint64", "float32", "float64"]
    for kind, ending, compressed in itertools.product(kinds, ["mha", "mhd"], [False, True]):
        values = samples(shape, kind)
        image = SimpleITK.GetImageFromArray(values)
        image.SetSpacing((0.5, 0.75, 2.5))
        image.SetOrigin((-3, 4, 5))
        image.SetDirection((0, -1, 0, 1, 0, 0, 0, 0, 1))
        name = f"meta-{kind}-{'zlib' if compressed else 'raw'}.{ending}"
        SimpleITK.WriteImage(image, path(name), compressed)
        read = SimpleITK.ReadImage(path(name))
        matrix = numpy.array(read.GetDirection()).reshape(3, 3) @ numpy.diag(read.GetSpacing())
        matrix = numpy.hstack([matrix, numpy.array(read.GetOrigin())[:, None]])
        expect(name, SimpleITK.GetArrayFromImage(read), spacing=read.GetSpacing()[::-1],
               matrix=numpy.diag([-1, -1, 1.0]) @ matrix)
    colours = samples(shape + (3,), "uint8")
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(colours, isVector=True), path("colours.mha"), True)
    expect("colours.mha", colours)
    flat = samples(shape[1:], "int16")
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(flat), path("flat.mha"))
    expect("flat.mha", flat[None])
    values = samples(shape, "int16")
    with open(path("big.raw"), "wb") as file:
        file.write(b"header" + values.astype(">i2").tobytes())
    with open(path("big.mhd"), "w") as file:
        file.write("ObjectType = Image\nNDims = 3\nDimSize = 53 37 5\nElementType = MET_SHORT\n"
                   "ElementByteOrderMSB = True\nHeaderSize = -1\nElementDataFile = big.raw\n")
    expect("big.mhd", values)


def mrcs():
    for kind, compression in itertools.product(["int8", "int16", "float32", "uint16", "float16"], [None, "gzip"]):
        values = samples(shape, kind)
        name = f"mrc-{kind}.mrc" + (".gz" if compression else "")
        with mrcfile.new(path(name), compression=compression) as file:
            file.set_data(values)
            file.voxel_size = (1.5, 2.5, 3.5)
            if kind == "int16":
                file.set_extended_header(numpy.zeros(128, "V1"))
        read = mrcfile.read(path(name))
        expect(name, read, spacing=(3.5, 2.5, 1.5))
    values = samples(shape, "int16")
    with mrcfile.new(path("big.mrc")) as file:
        file.set_data(values.astype(">i2"))
    expect("big.mrc", mrcfile.read(path("big.mrc")))


def zarrs():
    compressors = {
        "none": (None, None), "gzip": (numcodecs.GZip(5), zarr.codecs.GzipCodec()),
        "zstd": (numcodecs.Zstd(3), zarr.codecs.ZstdCodec()),
        "blosc": (numcodecs.Blosc("lz4", shuffle=1), zarr.codecs.BloscCodec(cname="lz4")),
        "blosc-zstd": (numcodecs.Blosc("zstd", shuffle=2), zarr.codecs.BloscCodec(cname="zstd", shuffle="bitshuffle")),
        "zlib": (numcodecs.Zlib(4), None),
    }
    kinds = ["bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32",
             "float64"]
    for version, (kind, name) in itertools.product((2, 3), itertools.product(kinds, compressors)):
        if kind not in ("uint8", "uint16", "float32") and name not in ("none", "blosc"):
            continue
        old, new = compressors[name]
        if version == 3 and name == "zlib":
            continue
        values = samples(shape, kind)
        file = f"zarr{version}-{kind}-{name}.zarr"
        array = zarr.create_array(
            path(file), shape=shape, chunks=(2, 16, 20), dtype=kind, zarr_format=version,
            compressors=old if version == 2 else new, fill_value=1 if kind != "bool" else True)
        array[:] = values
        # Chunks that were never written hold the number that stands for all.
        gone = os.path.join(path(file), "1.0.1" if version == 2 else "c/1/0/1")
        os.remove(gone)
        expect(file, zarr.open_array(path(file), mode="r")[:])
    for order in "CF":
        values = samples(shape, "uint16")
        array = zarr.create_array(path(f"order-{order}.zarr"), shape=shape, chunks=(2, 16, 20), dtype=">u2", order=order,
                                  zarr_format=2, compressors=numcodecs.Zstd(1))
        array[:] = values
        expect(f"order-{order}.zarr", zarr.open_array(path(f"order-{order}.zarr"), mode="r")[:])
    values = samples(shape, "float32")
    array = zarr.create_array(path("shards.zarr"), shape=shape, chunks=(1, 8, 10), shards=(2, 16, 20), dtype="float32",
                              compressors=zarr.codecs.ZstdCodec(), fill_value=float("nan"))
    array[:4, :32] = values[:4, :32]
    expect("shards.zarr", zarr.open_array(path("shards.zarr"), mode="r")[:])
    array = zarr.create_array(path("turned.zarr"), shape=shape, chunks=(2, 16, 20), dtype="uint16",
                              filters=[zarr.codecs.TransposeCodec(order=(2, 1, 0))],
                              serializer=zarr.codecs.BytesCodec(endian="big"))
    array[:] = samples(shape, "uint16")
    expect("turned.zarr", zarr.open_array(path("turned.zarr"), mode="r")[:])
    for version in (2, 3):
        # OME-Zarr 0.4 and 0.5: times × channels × slices × height × width, in two resolutions.
        name = f"ome{version}.zarr"
        values = samples((2, 3) + shape, "uint16")
        group = zarr.create_group(path(name), zarr_format=version)
        for level, part in enumerate([values, values[..., ::2, ::2]]):
            array = group.create_array(str(level), shape=part.shape, chunks=(1, 1, 2, 16, 20), dtype="uint16",
                                       **({"chunk_key_encoding": {"name": "v2", "separator": "/"}} if version == 2 else {}))
            array[:] = part
        scales = [{"name": "x", "axes": [
            {"name": "t", "type": "time"}, {"name": "c", "type": "channel"},
            *({"name": axis, "type": "space", "unit": "micrometer"} for axis in "zyx")],
            "datasets": [{"path": str(level), "coordinateTransformations": [
                {"type": "scale", "scale": [1, 1, 2.0, 0.5 * 2 ** level, 0.5 * 2 ** level]}]} for level in (0, 1)]}]
        group.attrs.update({"multiscales": scales} if version == 2 else {"ome": {"version": "0.5", "multiscales": scales}})
        truth = values.transpose(0, 2, 3, 4, 1).reshape((10, 37, 53, 3))
        expect(name, truth, spacing=[2, 0.5, 0.5])
        expect(name + "-second", values[..., ::2, ::2].transpose(0, 2, 3, 4, 1).reshape((10, 19, 27, 3)),
               entry=f"{name}:/1", axes="tczyx")


def hdf5():
    values = samples((3,) + shape, "uint16")
    with h5py.File(path("axes.h5"), "w") as file:
        file["first"] = values
        file["last"] = values.transpose(1, 2, 3, 0)
        file["middle"] = values.transpose(1, 0, 2, 3)
        file["turned"] = values.transpose(3, 2, 1, 0).astype("float64")
    for name, axes in {"first": "czyx", "last": None, "middle": "zcyx", "turned": "xyzc"}.items():
        expect(f"axes-{name}", values.transpose(1, 2, 3, 0), entry=f"axes.h5:/{name}[:]", axes=axes)
    with h5py.File(path("sizes.h5"), "w") as file:
        for name, sizes in {"float": (2.5, 0.5, 0.25), "double": numpy.array([2.5, 0.5, 0.25])}.items():
            file[name] = values[0]
            file[name].attrs["element_size_um"] = numpy.asarray(sizes, "float32" if name == "float" else "float64")
            expect(f"sizes-{name}", values[0], entry=f"sizes.h5:/{name}[:]", spacing=[2.5, 0.5, 0.25])


def stacks():
    # Times, slices and channels; as a list of slices, one time behind the other, with channels last.
    values = samples((2, 3, 4, 37, 53), "uint16")
    axes = dict(zip("TZCYX", range(5)))
    truth = values.transpose(0, 1, 3, 4, 2).reshape((6, 37, 53, 4))
    # ImageJ has one order; of a file that is large it writes a page for the first image alone.
    for name, more in {"imagej": {}, "imagej-large": {"truncate": True}}.items():
        for kind in ("uint8", "uint16", "float32"):
            tifffile.imwrite(path(f"{name}-{kind}.tif"), values.astype(kind), imagej=True, resolution=(4, 2), metadata={
                "axes": "TZCYX", "spacing": 2.5, "unit": "um", "finterval": 0.1}, **more)
            expect(f"{name}-{kind}", truth.astype(kind), entry=f"{name}-{kind}.tif[:]", spacing=[2.5, 0.5, 0.25])
    for order in map("".join, itertools.permutations("TZC")):
        turned = values.transpose([axes[axis] for axis in order + "YX"])
        tifffile.imwrite(path(f"ome-{order}.tif"), turned, ome=True, photometric="minisblack", metadata={
            "axes": order + "YX", "PhysicalSizeX": 250, "PhysicalSizeXUnit": "nm", "PhysicalSizeY": 0.5,
            "PhysicalSizeYUnit": "µm", "PhysicalSizeZ": 2.5, "PhysicalSizeZUnit": "µm"})
        expect(f"ome-{order}", truth, entry=f"ome-{order}.tif[:]", spacing=[2500, 500, 250])


for make in [nifti, nrrds, metaimages, mrcs, zarrs, hdf5, stacks]:
    make()
print(f"{count} volumes in {folder}")
