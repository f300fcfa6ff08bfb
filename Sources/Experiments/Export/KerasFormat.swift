internal import ModelFiles
internal import WeightFiles

/// The weights as `load_weights` of Keras 2 and 3 takes them.
///
/// This is the layout of Keras 2, `.h5`: every Keras reads it, and by the names of layers too. What Keras 3
/// itself writes, `.weights.h5`, older ones cannot read, and in it layers are known by their order alone.
struct KerasFormat: ExportFormat {
  let name = "keras"
  let about = "the weights alone, for load_weights of Keras 2 and 3"
  let ending = ".keras.h5"
  let options: Set<ExportOption> = [.checkpoint]

  func export(_ request: ExportRequest) throws -> ExportReport {
    let subject = try request.subject(needsSize: false)
    let data = try KerasWriter.data(of: subject.network.kerasLayers(subject.values))
    try ExportedFile(request.file, data) { try Self.problems(of: $0, holding: subject) }
      .write(to: request.file)
    var report = ExportReport(request, name, subject)
    report.take(subject.tensors.map { $0.shape.reduce(1, *) })
    return report
  }

  /// The file as pretrained weights: every tensor in its layer and its part there, in the network's order
  /// of axes.
  private static func problems(
    of path: String, holding subject: ExportedRun
  ) throws -> [String] {
    do throws(WeightFileError) {
      let read = try WeightFile.open(path)
      var found: [String: StoredTensor] = [:]
      for tensor in read.tensors {
        let role = tensor.role.text
        found["\(tensor.layer).\(role == "depthwise_kernel" ? "weight" : role)"] = tensor
      }
      for (name, shape) in subject.tensors {
        guard let tensor = found[name], tensor.shape == shape else {
          return ["'\(name)' is not in it"]
        }
        let values = try read.values(of: tensor)
        guard values.elementsEqual(subject.values(name), by: { $0.bitPattern == $1.bitPattern })
        else { return ["the values of '\(name)' are others"] }
      }
      return read.tensors.count == subject.tensors.count ? [] : ["it has other tensors too"]
    } catch {
      return [error.reason]
    }
  }
}
