internal import ModelFiles
internal import WeightFiles

/// Parameters and running statistics alone.
struct SafeTensorsFormat: ExportFormat {
  let name = "safetensors"
  let about = "the weights alone, for PyTorch and others"
  let ending = ".safetensors"
  let options: Set<ExportOption> = [.checkpoint, .names]

  func export(_ request: ExportRequest) throws -> ExportReport {
    let subject = try request.subject(needsSize: false)
    let names = request.options.names ?? .own
    let (metadata, rename) = try naming(names, of: subject)
    let tensors = subject.tensors.map { name, shape in
      SafeTensorsWriter.Tensor(name: rename(name), shape: shape, values: subject.values(name))
    }
    let data = SafeTensorsWriter.data(of: tensors, metadata: metadata)
    try ExportedFile(request.file, data) { try Self.problems(of: $0, holding: tensors) }
      .write(to: request.file)
    var report = ExportReport(request, name, subject)
    report.take(tensors.map(\.values.count))
    report.names = names.rawValue
    return report
  }

  private func naming(
    _ names: ExportedNames, of subject: ExportedRun
  ) throws -> (metadata: [(key: String, value: String)], rename: (String) -> String) {
    switch names {
    case .own: return (subject.facts, { $0 })
    case .torchvision:
      let torchvision = try TorchvisionNames(subject.network)
      let metadata = [("format", "pt"), ("model", "torchvision \(torchvision.model)")]
      return (subject.facts + metadata, { torchvision($0) })
    }
  }

  private static func problems(
    of path: String, holding tensors: [SafeTensorsWriter.Tensor]
  ) throws -> [String] {
    do throws(WeightFileError) {
      let read = try WeightFile.open(path)
      var isSame = read.tensors.count == tensors.count
      for (found, written) in zip(read.tensors, tensors) where isSame {
        let values = try read.values(of: found)
        isSame =
          found.name == written.name && found.shape == written.shape
          && values.elementsEqual(written.values) { $0.bitPattern == $1.bitPattern }
      }
      return isSame ? [] : ["its tensors are not those that were written"]
    } catch {
      return [error.reason]
    }
  }
}
