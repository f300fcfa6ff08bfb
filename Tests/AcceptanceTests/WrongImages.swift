@testable import Datasets
import Foundation
import HDF5

extension WrongDataSet {
  /// Sizes, values and files.
  static let images: [WrongDataSet] = [
    WrongDataSet(
      name: "a mask of another size",
      spoil: {
        try $0.writeGrey("b-mask.png", Array(repeating: 0, count: 32))
      },
      messages: [
        "train.txt:2: image b.png is 8×8, mask b-mask.png is 4×8 (height × width): they "
          + "must show the same pixels"
      ]),
    WrongDataSet(
      name: "an image of another size",
      spoil: {
        try $0.writeGrey("c.png", Array(repeating: 0, count: 80))
        try $0.writeGrey("c-mask.png", Array(repeating: 0, count: 80))
      },
      messages: [
        "val.txt:1: image c.png is 10×8, a.png is 8×8 (height × width): set data.size, "
          + "data.crop or data.patches"
      ]),
    WrongDataSet(
      name: "8 bits among 16",
      spoil: {
        try $0.writeWords("a.png", (0..<64).map { 1000 + $0 })
      },
      messages: [
        "train.txt:2: image b.png is 8-bit, a.png is 16-bit, and 1 more image differs: "
          + "their values have no scale in common, save all in one depth"
      ]),
    WrongDataSet(
      name: "a range for images of 8 bits",
      data: ["range": "[0, 4095]"],
      messages: [
        "data.range is of images of more than 8 bits, but all have 8: leave it out"
      ]),
    WrongDataSet(
      name: "a range that is turned around",
      data: ["range": "{from: 9, to: 1}"],
      messages: [
        "data.range must be [lower, upper], the values that become black and white"
      ]),
    WrongDataSet(
      name: "no_data beyond 8 bits",
      data: ["no_data": "300"],
      messages: [
        "data.no_data is 300, but image a.png is 8-bit, which holds integers of 0 to 255: write one "
          + "of them, or leave it out"
      ]),
    WrongDataSet(
      name: "no_data between integers",
      data: ["no_data": "0.5"],
      messages: [
        "data.no_data is 0.5, but image a.png is 8-bit, which holds integers of 0 to 255: write one "
          + "of them, or leave it out"
      ]),
    WrongDataSet(
      name: "no_data that images of 8 bits cannot be",
      data: ["no_data": "nan"],
      messages: [
        "data.no_data is nan, but image a.png is 8-bit, which holds integers of 0 to 255: write one "
          + "of them, or leave it out"
      ]),
    WrongDataSet(
      name: "no_data that is no number",
      data: ["no_data": "none"],
      messages: [
        "data.no_data must be nan or a number, not the text 'none'"
      ]),
    WrongDataSet(
      name: "NaN in a volume",
      spoil: {
        try $0.writeVolume([1, .nan, .nan])
      },
      messages: [
        "train.txt:2: image v.h5:/raw[1]: holds 63 values that are no finite number, the "
          + "first NaN at x 1, y 0: where they mean that there is no data set data.no_data: "
          + "nan",
        "val.txt:1: image v.h5:/raw[2]: holds 63 values that are no finite number, the "
          + "first NaN at x 1, y 0: where they mean that there is no data set data.no_data: "
          + "nan",
      ]),
    WrongDataSet(
      name: "infinity in a volume where NaN is no data",
      data: ["no_data": "nan"],
      spoil: {
        try $0.writeVolume([1, .nan, .infinity])
      },
      messages: [
        "val.txt:1: image v.h5:/raw[2]: holds 63 values that are no finite number, the "
          + "first inf at x 1, y 0: put finite numbers in their place"
      ]),
    WrongDataSet(
      name: "the imagenet mean of numbers without a range",
      data: ["channels": "3", "normalize": "imagenet"],
      spoil: {
        try $0.writeVolume([1, 2, 3])
      },
      messages: [
        "image v.h5:/raw[0] is floating-point: say in data.range: [lower, upper] which "
          + "values are the 0 and 1 that normalize: imagenet is of"
      ]),
    WrongDataSet(
      name: "an image that is said to be turned, behind its pixels",
      spoil: {
        try $0.write(
          PlainPNG.data(
            .grey, width: 8, height: 8, pixels: Array(repeating: 0, count: 64),
            behind: ("eXIf", Workplace.turned)), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: EXIF orientation 6 says that the image is shown "
          + "turned: turn its pixels and remove the tag, so that it is certain how image and "
          + "mask lie on each other"
      ]),
    WrongDataSet(
      name: "an animation",
      spoil: {
        try $0.write(
          PlainPNG.data(
            .grey, width: 8, height: 8, pixels: Array(repeating: 0, count: 64),
            before: ("acTL", [0, 0, 0, 4, 0, 0, 0, 0])), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: is an animated PNG of 4 frames, and only one belongs "
          + "to a mask: save each as a PNG of its own"
      ]),
    WrongDataSet(
      name: "a TIFF called PNG",
      spoil: {
        try $0.write(Data([0x49, 0x49, 42, 0, 8, 0]), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: Cannot read TIFF header: the file is damaged, put a sound "
          + "copy in its place"
      ]),
    WrongDataSet(
      name: "shapes in JSON",
      spoil: {
        try $0.write(Data("{\"shapes\": []}".utf8), to: "a-mask.png")
      },
      messages: [
        "train.txt:1: mask a-mask.png: is JSON: masks are images: draw its shapes into a "
          + "PNG of class ids"
      ]),
    WrongDataSet(
      name: "a Git LFS pointer",
      spoil: {
        try $0.write(Data("version https://git-lfs.github.com/spec/v1\n".utf8), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: is a Git LFS pointer: it stands for the image: fetch "
          + "it (git lfs pull)"
      ]),
    WrongDataSet(
      name: "an empty file",
      spoil: {
        try $0.write(Data([]), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: is empty: put the image in its place"
      ]),
    WrongDataSet(
      name: "a JPEG mask",
      spoil: {
        try $0.write(Data([0xFF, 0xD8, 0xFF, 0xE0]), to: "a-mask.png")
      },
      messages: [
        "train.txt:1: mask a-mask.png: is JPEG, which changes class ids: write masks as "
          + "PNG, or where there are two classes say from which value on a pixel is of the second, "
          + "data.values: {threshold: 128}"
      ]),
    WrongDataSet(
      name: "a PNG that ends too early",
      spoil: {
        try $0.write($0.data("a.png").prefix(60), to: "a.png")
      },
      messages: [
        "train.txt:1: image a.png: the file is cut short, put a whole copy in its place"
      ]),
    WrongDataSet(
      name: "an image that is not there",
      spoil: {
        try $0.write("a.png a-mask.png\nd.png b-mask.png\n", to: "train.txt")
      },
      messages: [
        "train.txt:2: image d.png: does not exist: correct the path or data.root"
      ]),
  ]
}

extension Workplace {
  /// EXIF of one entry, orientation 6.
  static let turned: [UInt8] = [
    0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
  ]

  /// Three slices of 8×8, each of one value from its second pixel on, in place of the images.
  func writeVolume(_ values: [Float]) throws {
    let file = try HDF5File()
    let reals = values.flatMap { [Float(1)] + [Float](repeating: $0, count: 63) }
    try file.root.write(reals, shape: [values.count, 8, 8], to: "raw")
    try write(Data(file.image()), to: "v.h5")
    try write("v.h5:/raw[0] a-mask.png\nv.h5:/raw[1] b-mask.png\n", to: "train.txt")
    try write("v.h5:/raw[2] c-mask.png\n", to: "val.txt")
  }
}
