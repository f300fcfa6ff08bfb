import ArgumentParser
internal import ModelFiles

/// What a run can be exported to; a file of each ends with its name.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  /// The network and its weights.
  case onnx
  /// The weights.
  case safetensors

  /// As people know it.
  var title: String {
    switch self {
    case .onnx: "ONNX"
    case .safetensors: "safetensors"
    }
  }
}

/// Which values the images have that a model normalizes itself.
enum ExportedValues: String, CaseIterable, ExpressibleByArgument {
  /// Those of the files, which are 0…255 where images have 8 bits.
  case image
  /// 0…1.
  case unit
}

/// Whose names the tensors bear.
enum ExportedNames: String, CaseIterable, ExpressibleByArgument {
  case own
  case torchvision
}

extension ModelOutput: ExpressibleByArgument {}
