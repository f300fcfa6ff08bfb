internal import Digest

/// Pretrained weights in a format of Caffe, Keras, PyTorch or safetensors, or a checkpoint of this program.
///
/// Such files come from strangers. Nothing in them is executed, every length is held against the
/// bytes that are there, and what a reader does not know it refuses with a reason. The file is
/// mapped, not copied; it must not be shortened while it is open.
package struct WeightFile: Sendable {
  package let path: String
  package let format: WeightFormat
  /// In the file's own order. Keras 3 keeps none: there layers come sorted by name and number.
  package let tensors: [StoredTensor]
  /// What the names have in front of their layers, e.g. `state_dict.module.`; empty where nothing
  /// has been dropped. Only names that have it are without it in ``StoredTensor/layer``.
  package let prefix: String
  private let contents: FileContents

  /// Reads which tensors a file has; their values are read by ``values(of:)``.
  package static func open(_ path: String) throws(WeightFileError) -> WeightFile {
    do {
      return try WeightFile(path: path, contents: FileContents(path: path))
    } catch {
      throw WeightFileError(file: path, error)
    }
  }

  init(path: String, contents: FileContents) throws(Refusal) {
    let listing = try Recognition.listing(of: contents)
    guard !listing.tensors.isEmpty else {
      throw Refusal("it is a \(listing.format.name) without a tensor")
    }
    self.path = path
    self.contents = contents
    format = listing.format
    tensors = listing.tensors
    prefix = listing.prefix
  }

  /// SHA-256 of the file's bytes as 64 hexadecimal digits, computed at each call.
  package var digest: String {
    var hash = SHA256()
    hash.update(contents.bytes)
    return hash.finalize()
  }

  /// The values of one of its tensors, in row-major order of the canonical shape. Numbers of other
  /// types become the nearest `Float`; `true` is 1.
  package func values(of tensor: StoredTensor) throws(WeightFileError) -> [Float] {
    do {
      return try tensor.source.read(contents)
    } catch {
      throw WeightFileError(file: path, Refusal("'\(tensor.name)': \(error.reason)"))
    }
  }
}
