internal import Foundation

extension FolderStore {
  /// What is wrong with the files of an experiment that belong to none of its runs: its name, and which trial has
  /// which number.
  package func verifyFiles(of experiment: String) -> [RunFinding] {
    let folder = "\(root)/\(experiment)"
    func finding(_ file: String, _ read: (String) throws(StoreError) -> Void) -> RunFinding? {
      do throws(StoreError) {
        guard RecordFile.exists("\(folder)/\(file)") else { return nil }
        try read("\(folder)/\(file)")
        return nil
      } catch {
        let digests = ((try? RecordFile.read(error.path)) ?? nil).flatMap(RecordJSON.digests)
        return RunFinding(
          file: file, reason: error.reason, expected: digests?.carried, found: digests?.computed,
          isNewer: error.isNewer)
      }
    }
    let name = finding(RunFolder.experimentFile) { path throws(StoreError) in
      guard let bytes = try RecordFile.read(path) else { return }
      let content = try RecordJSON.decode(ExperimentFile.self, bytes, path: path)
      guard content.experiment == experiment else {
        throw StoreError.damaged(path: path, reason: "it is of '\(content.experiment)'")
      }
    }
    let plan = finding(LatestPlan.file) { _ throws(StoreError) in
      _ = try LatestPlan.read(from: folder)
    }
    return [name, plan].compactMap(\.self)
  }
}
