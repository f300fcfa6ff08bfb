internal import Datasets
internal import Tasks
internal import Tracking

/// Reads one complete spec from its tree: everything that `sweep` could still change is settled.
struct SpecReading {
  let catalog: ComponentCatalog
  let source: SourceText
  /// Absolute: where relative paths start.
  let folder: String
  /// Those of earlier readings are known.
  var networks = TemplateNetworks()
  /// What runs are judged by.
  var objective = Objective.standard

  /// - Parameter classes: names that were read before, by path.
  /// - Returns: the spec, or `nil` and the reasons.
  func read(
    _ tree: YAMLNode, classes: inout ClassFiles
  ) -> (spec: ExperimentSpec?, problems: [SpecDiagnostic]) {
    let decoder = SpecDecoder(catalog: catalog, source: source)
    var draft = SpecDraft.read(decoder.root(tree), objective: objective)
    if case .file(let path) = draft.data?.classes {
      let root = Path.absolute(draft.data?.root ?? ".", in: folder)
      switch classes.names(in: Path.absolute(path, in: root)) {
      case .success(let names): draft.data?.classes = .names(names)
      case .failure(let error):
        report(error, root: root, decoder)
        draft.data = nil
      }
    }
    if draft.data != nil, case .colourFile(let path) = draft.data?.masks {
      let file = Path.absolute(path, in: Path.absolute(draft.data?.root ?? ".", in: folder))
      switch classes.colours(in: file) {
      case .success(let colours): draft.data?.masks = .colours(colours)
      case .failure(let error):
        for problem in error.problems {
          decoder.report("data.colors: \(problem)", at: decoder.places["data.colors"])
        }
        draft.data = nil
      }
    }
    settleWeights(&draft, decoder, &classes)
    draft.data?.settleMasks(for: draft.task ?? SemanticTask(), decoder)
    var validation = SpecValidation(
      draft: draft, places: decoder.places, networks: networks)
    validation.run()
    let problems = decoder.diagnostics + validation.diagnostics
    return (problems.isEmpty ? draft.complete(folder: folder) : nil, problems)
  }

  /// Finds out what the file of weights holds. A record knows, and its file is looked at when it is
  /// needed.
  private func settleWeights(
    _ draft: inout SpecDraft, _ decoder: SpecDecoder, _ files: inout ClassFiles
  ) {
    guard let weights = draft.weights, weights.sha256 == nil else { return }
    switch files.weightDigest(in: Path.absolute(weights.from, in: folder)) {
    case .success(let digest): draft.weights?.sha256 = digest
    case .failure(let error):
      decoder.report("weights.from: \(error)", at: decoder.places["weights.from"])
    }
  }

  /// Without the folder of the data nothing in it can be found.
  private func report(_ error: DataError, root: String, _ decoder: SpecDecoder) {
    guard Path.isFolder(root) else {
      decoder.report("data.root: there is no folder \(root)", at: decoder.places["data.root"])
      return
    }
    for problem in error.problems {
      decoder.report("data.classes: \(problem)", at: decoder.places["data.classes"])
    }
  }
}
