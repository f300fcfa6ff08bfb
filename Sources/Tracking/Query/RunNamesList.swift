internal import Foundation

/// What runs of a store are called, known without reading a record: for the completion of a shell.
package struct RunNamesList {
  private let store: FolderStore

  package init(_ store: FolderStore) { self.store = store }

  package var experiments: [String] { (try? store.experiments()) ?? [] }

  /// `camvid/1`, …, the names that runs of it were given, and ids where its plan is not known.
  package func members(of experiment: String) -> [String] {
    let ids = (try? store.ids(of: experiment)) ?? []
    let names = ids.compactMap { labels(experiment, $0)?.name }.sorted()
    let planned = store.plannedTrials(of: experiment)
    let numbers = planned.map { count in (0..<count).map { "\($0 + 1)" } } ?? ids
    return (names + numbers).map { "\(experiment)/\($0)" }
  }

  package func ids(from prefix: String) -> [String] {
    let start = prefix.lowercased()
    return experiments.flatMap { (try? store.ids(of: $0)) ?? [] }.filter { $0.hasPrefix(start) }
      .sorted()
  }

  /// Those that runs were given, and those of the spec of one run of each experiment.
  package var tags: [String] {
    var tags: Set<String> = []
    for experiment in experiments {
      let ids = (try? store.ids(of: experiment)) ?? []
      for id in ids { tags.formUnion(labels(experiment, id)?.tags ?? []) }
      let spec = ids.first.flatMap { id in
        try? RunFolder(root: store.root, experiment: experiment, id: id)
          .read(RunFolder.specification)
      }
      let trial = spec.flatMap { try? JSONRecordDecoder().decode(TrialRecord.self, from: $0) }
      tags.formUnion(trial?.tags ?? [])
    }
    return tags.sorted()
  }

  private func labels(_ experiment: String, _ id: String) -> RunLabels? {
    try? LabelsFile(folder: RunFolder(root: store.root, experiment: experiment, id: id)).read()
  }
}
