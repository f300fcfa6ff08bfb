internal import Groundwork

extension VolumeProbe {
  /// Reads what a question names, as this process would; what libhdf5 finds wrong is no matter here.
  ///
  /// - Parameter progress: called before every slice.
  package static func look(_ question: Question, progress: () -> Void) {
    var reader = VolumeReader()
    for index in question.slices.isEmpty ? [nil] : question.slices.map(Optional.some) {
      progress()
      try? reader.look(
        VolumeSlice(
          file: question.file, dataset: question.dataset,
          axes: question.axes.flatMap(VolumeAxes.init), index: index))
    }
  }
}

extension Catalogue {
  /// Without the samples whose volumes the current ``VolumeProbe`` finds unreadable, and what is wrong
  /// with each of these files.
  func probed() -> (sound: Catalogue, problems: [DataProblem]) {
    let (samples, unreadable) = (train + validation).probed()
    var problems = ProblemList()
    problems.add(samples.indices.compactMap { unreadable[$0] })
    func sound(_ range: Range<Int>) -> [ListedSample] {
      range.filter { unreadable[$0] == nil }.map { samples[$0] }
    }
    let catalogue = Catalogue(
      train: sound(0..<train.count), validation: sound(train.count..<samples.count),
      groups: groups)
    return (catalogue, problems.all)
  }
}

extension [ListedSample] {
  /// With what the current ``VolumeProbe`` finds of the volumes that they name, and of the samples
  /// whose volumes are unreadable what is wrong: one problem a file, at the first line that names it.
  ///
  /// - Parameter isToBeRead: for samples whose files nothing is known of yet.
  func probed(
    where isToBeRead: (ListedSample) -> Bool = { _ in true }
  ) -> (samples: [ListedSample], unreadable: [Int: DataProblem]) {
    guard let probe = VolumeProbe.current else { return (self, [:]) }
    let slices = filter { !$0.volumeSlices.isEmpty && isToBeRead($0) }.flatMap(\.volumeSlices)
    guard !slices.isEmpty else { return (self, [:]) }
    let findings = probe.findings(Self.questions(slices))
    var places: [FilePath: [Int]] = [:]
    for (index, sample) in enumerated() {
      for file in sample.unreadableFiles(findings) { places[file, default: []].append(index) }
    }
    var problems: [Int: DataProblem] = [:]
    for (file, indices) in places {
      guard case .unreadable(let reason) = findings[file] else { continue }
      let others = indices.count > 1 ? " (\(indices.count) samples are in it)" : ""
      let problem = self[indices[0]].problem("\(file): \(reason)\(others)")
      for index in indices where problems[index] == nil { problems[index] = problem }
    }
    return (map { $0.knowing(findings) }, problems)
  }

  private static func questions(_ slices: [VolumeSlice]) -> [VolumeProbe.Question] {
    var indices: [VolumeSlice: Set<Int>] = [:]
    for slice in slices {
      let dataset = VolumeSlice(
        file: slice.file, dataset: slice.dataset, axes: slice.axes, index: nil)
      let index = slice.index.map { Swift.max(0, $0 + slice.offset) }
      indices[dataset, default: []].formUnion(index.map { [$0] } ?? [])
    }
    return indices.map { dataset, indices in
      VolumeProbe.Question(
        file: dataset.file, dataset: dataset.dataset, axes: dataset.axes?.letters,
        slices: indices.sorted())
    }.sorted { ($0.file.text, $0.dataset) < ($1.file.text, $1.dataset) }
  }
}

extension ListedSample {
  fileprivate var volumeSlices: [VolumeSlice] { files.compactMap(\.slice) }

  fileprivate func unreadableFiles(_ findings: [FilePath: VolumeFinding]) -> Set<FilePath> {
    Set(
      volumeSlices.map(\.file).filter { if case .unreadable = findings[$0] { true } else { false } }
    )
  }

  fileprivate func knowing(_ findings: [FilePath: VolumeFinding]) -> ListedSample {
    var sample = self
    sample.stackedImages = stackedImages.map { $0.knowing(findings) }
    sample.masks = masks.map { $0.knowing(findings) }
    sample.region = region?.knowing(findings)
    return sample
  }
}

extension ListedFile {
  fileprivate func knowing(_ findings: [FilePath: VolumeFinding]) -> ListedFile {
    guard var slice, let finding = findings[slice.file] else { return self }
    slice.finding = finding
    return ListedFile(name: name, path: path, slice: slice)
  }
}
