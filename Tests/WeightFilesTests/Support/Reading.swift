@testable import WeightFiles

extension WeightFile {
  /// A file of those bytes.
  init(_ bytes: [UInt8]) throws {
    do {
      try self.init(path: "file", contents: FileContents(bytes))
    } catch {
      throw WeightFileError(file: "file", error)
    }
  }

  /// The values of a tensor by its name.
  func values(_ name: String) throws -> [Float] { try values(of: tensor(name)) }

  func tensor(_ name: String) -> StoredTensor { tensors.first { $0.name == name }! }

  var names: [String] { tensors.map(\.name) }
  var layers: [String] { tensors.map(\.layer) }
  var roles: [StoredTensor.Role] { tensors.map(\.role) }
}

/// Why a file of those bytes is refused; `nil` where it is read, all values of it.
func refusal(_ bytes: [UInt8]) -> String? {
  do {
    let file = try WeightFile(bytes)
    for tensor in file.tensors { _ = try file.values(of: tensor) }
    return nil
  } catch {
    return "\(error)"
  }
}
