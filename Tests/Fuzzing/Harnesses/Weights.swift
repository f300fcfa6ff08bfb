import Foundation
@testable import WeightFiles

extension Harness {
  static let caffe = weights(
    "caffe", "weights of Caffe, old and new layers", words: ["Convolution", "BatchNorm", "blobs"],
    of: ["Caffe", "old Caffe"])
  static let keras = weights(
    "keras", "weights of Keras: .h5, .weights.h5 and .keras",
    words: hdf5Words + [
      "layer_names", "weight_names", "model_weights", "layers", "vars", "config.json",
      "model.weights.h5",
    ],
    of: [
      "Keras weights", "Keras model", "Keras 3 weights", "Keras 3 model",
      "Keras 3 weights in new groups",
    ])
  static let safetensors = weights(
    "safetensors", "weights as safetensors",
    words: [
      "__metadata__", "\"dtype\":", "\"shape\":", "\"data_offsets\":", "\"F32\"", "\"BF16\"",
      "\"I64\"", "\\u",
    ],
    of: ["safetensors"])
  static let torch = weights(
    "torch", "weights of PyTorch, as zip archives and as they were before",
    words: [
      "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "data.pkl", "byteorder",
      "collections\nOrderedDict\n",
      "torch._utils\n_rebuild_tensor_v2\n", "torch\nFloatStorage\n", "storage", "cpu", "}q\0(",
      "state_dict",
    ],
    of: ["PyTorch", "old PyTorch"])
  static let checkpoint = weights(
    "checkpoint", "weights of this program's checkpoints",
    words: hdf5Words + ["parameters", "statistics"],
    of: ["checkpoint"])

  private static let hdf5Words = [
    "OHDR", "OCHK", "FRHP", "BTHD", "TREE", "SNOD", "HEAP", "FHDB", "GCOL", "BTLF",
    "\u{1}\0\0\0\0\0\0\0",
  ]

  /// - Parameter samples: the names of those that the fuzzing begins with.
  private static func weights(
    _ name: String, _ about: String, words: [String], of samples: [String]
  ) -> Harness {
    Harness(
      name: name, about: about, words: words,
      seeds: { Sample.all.filter { samples.contains($0.testDescription) }.map(\.bytes) }
    ) { bytes in
      guard let file = try? WeightFile(path: "file", contents: FileContents(bytes)) else { return }
      for tensor in file.tensors { _ = try? file.values(of: tensor) }
    }
  }
}
