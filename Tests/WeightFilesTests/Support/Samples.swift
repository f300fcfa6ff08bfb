import Testing

/// A small file of each format.
struct Sample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]

  static let all: [Sample] = [
    Sample(testDescription: "Caffe", bytes: caffe),
    Sample(testDescription: "old Caffe", bytes: oldCaffe),
    Sample(testDescription: "safetensors", bytes: safetensors),
    Sample(testDescription: "PyTorch", bytes: Torch.archive(pickle, storages)),
    Sample(testDescription: "old PyTorch", bytes: Torch.legacy(pickle, storages)),
    Sample(testDescription: "Keras weights", bytes: keras(configuration: nil)),
    Sample(
      testDescription: "Keras model", bytes: keras(configuration: #"{"class_name": "Model"}"#)),
    Sample(testDescription: "Keras 3 weights", bytes: keras3),
    Sample(
      testDescription: "Keras 3 model",
      bytes: ZipWriter().archive([("config.json", Array("{}".utf8)), ("model.weights.h5", newHDF5)])
    ),
    Sample(testDescription: "Keras 3 weights in new groups", bytes: newHDF5),
    Sample(testDescription: "checkpoint", bytes: checkpoint),
  ]

  static let caffe = Caffe.network(
    Caffe.layer(
      "conv", "Convolution", [Caffe.blob([1, 2], [2, 1, 1, 1]), Caffe.blob([3, 4], [2])]),
    Caffe.layer("norm", "BatchNorm", [[2, 4], [6, 8], [2]].map { Caffe.blob($0, [$0.count]) }))

  static let oldCaffe = Caffe.network(
    Caffe.oldLayer("conv", 4, [Caffe.oldShape([2, 1, 1, 1]) + Protobuf.unpacked(5, [1, -2])]))

  static let safetensors = SafeTensors.file(
    "{" + SafeTensors.entry("a.weight", "F32", [2, 1], 0, 8) + ","
      + SafeTensors.entry("a.bias", "F16", [2], 8, 12) + "}  ",
    Bytes.of([1, 2] as [Float]) + [0, 0x3C, 0, 0xC0])

  static let storages: [(key: String, bytes: [UInt8])] = [
    ("0", Bytes.of([1, 2, 3, 4] as [Float])), ("1", Bytes.of([5, 6] as [Float])),
  ]

  static let pickle: PickleWriter = {
    var pickle = PickleWriter()
    pickle.dictionary { pickle in
      pickle.tensor("a.weight", key: "0", elements: 4, shape: [2, 2], strides: [1, 2])
      pickle.tensor("a.bias", key: "1", elements: 2, shape: [2], strides: [1])
    }
    return pickle
  }()

  static func keras(configuration: String?) -> [UInt8] {
    try! Keras.legacy(
      [
        ("conv", [("conv/kernel:0", [1, 2], [1, 1, 1, 2]), ("conv/bias:0", [3, 4], [2])]),
        ("flat", []),
      ],
      configuration: configuration)
  }

  static let keras3 = try! Keras.current([
    (["layers", "conv2d"], "conv", [([1, 2], [1, 1, 1, 2]), ([3, 4], [2])])
  ])

  static let checkpoint = try! Checkpoint.file([
    ("parameters", "a.weight", [1, 2], [2, 1, 1, 1]), ("parameters", "a.bias", [3, 4], [2]),
  ])

  /// The same in the newer kind of groups.
  static let newHDF5: [UInt8] = {
    var file = NewHDF5Writer()
    let kernel = file.dataset([1, 2], [1, 1, 1, 2])
    let bias = file.dataset([3, 4], [2])
    let vars = file.group([("0", kernel), ("1", bias)], text: ("name", "conv"))
    return file.finished(root: file.group([("vars", vars)]))
  }()
}
