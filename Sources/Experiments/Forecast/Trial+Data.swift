internal import Datasets

extension Trial {
  /// What the trial is trained on; scenes that the program draws are kept beside the records, a
  /// folder for each drawing, so that all trials of a sweep share them.
  ///
  /// - Parameter results: the folder of the records.
  func dataConfiguration(results: String) -> DataConfiguration {
    dataConfiguration(generatedFolder: "\(results)/\(sceneFolder)")
  }

  /// The sets that neither train nor validate, from the root of the file system; `nil` where the spec
  /// names none.
  var testSets: JudgedSets? {
    let folder = spec.data.root.map { Path.absolute($0, in: spec.folder) } ?? spec.folder
    return spec.data.test?.absolute(in: folder)
  }

  /// Relative to the folder of the records; hidden, since it is no experiment.
  private var sceneFolder: String {
    guard case .generated(let scenes) = spec.data.source else { return ".scenes" }
    let size = "\(scenes.size.height)x\(scenes.size.width)"
    return ".scenes/\(scenes.train)+\(scenes.validation)-\(size)-\(scenes.classes)-\(scenes.seed)"
  }
}
