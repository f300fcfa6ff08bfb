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
  /// Where weights are looked for; `nil` for the spec of a record, which knows them.
  var weights: WeightsLookup?
  /// What runs are judged by.
  var objective = Objective.standard
  /// False for the spec of a record that nobody trains again: it was checked when it was trained.
  var isValidated = true

  /// - Parameter classes: names that were read before, by path.
  /// - Returns: the spec with what is hardly meant, or `nil` and the reasons.
  func read(
    _ tree: YAMLNode, classes: inout ClassFiles
  ) -> (spec: ExperimentSpec?, problems: [SpecDiagnostic], warnings: [SpecDiagnostic]) {
    let decoder = SpecDecoder(
      catalog: catalog, source: source, folder: folder, objective: objective)
    var draft = SpecDraft.read(decoder.root(tree))
    let root = Path.absolute(draft.data?.root ?? ".", in: folder)
    var classFile: String?
    if case .file(let path) = draft.data?.classes {
      let file = Path.absolute(path, in: root)
      classFile = file
      switch classes.names(in: file) {
      case .success(let names): draft.data?.classes = .names(names)
      case .failure(let error):
        report(error, root: root, decoder)
        draft.data = nil
      }
    }
    if draft.data != nil, case .colourFile(let path) = draft.data?.masks {
      switch classes.colours(in: Path.absolute(path, in: root)) {
      case .success(let colours): draft.data?.masks = .colours(colours)
      case .failure(let error):
        for problem in error.problems {
          decoder.report(
            .unusableList, "data.colors: \(problem)", at: decoder.places["data.colors"])
        }
        draft.data = nil
      }
    }
    draft.data?.settleClassColours(&classes, classFile: classFile, root: root, decoder)
    let found = settleWeights(&draft, decoder)
    settleContinuedRun(&draft, decoder)
    draft.data?.settleMasks(for: (draft.task ?? .standard).task, decoder)
    var validation = SpecValidation(
      draft: draft, weights: found, places: decoder.places, networks: networks)
    if isValidated { validation.run() }
    let problems = decoder.diagnostics + validation.diagnostics
    let spec = problems.isEmpty ? draft.complete(folder: folder) : nil
    return (spec, problems, validation.warnings)
  }

  /// Finds the weights and what they hold. Where the spec says which content a file must have, it may be
  /// found later, when it is needed.
  private func settleWeights(
    _ draft: inout SpecDraft, _ decoder: SpecDecoder
  ) -> FoundWeights? {
    guard let section = draft.weights, let weights else { return nil }
    do throws(WeightsNotFound) {
      let found = try weights.find(section.from, in: folder)
      if let expected = section.sha256, expected != found.sha256 {
        decoder.report(
          .unusableWeights,
          "weights.sha256 is not that of \(section.from), which is \(found.sha256)",
          at: decoder.places["weights.sha256"], remedy: "put the file back, or leave sha256 out")
      }
      draft.weights?.settle(on: found, in: folder)
      return found
    } catch {
      if section.sha256 == nil || !WeightsLookup.looksLikePath(section.from) {
        decoder.report(
          .unusableWeights, "weights.from: \(error)", at: decoder.places["weights.from"])
      }
      return nil
    }
  }

  /// Finds the run that the training goes on from; one that a record tells of is found when it is needed.
  private func settleContinuedRun(_ draft: inout SpecDraft, _ decoder: SpecDecoder) {
    guard let written = draft.training?.continues, written.sha256 == nil else { return }
    let place = decoder.places["training.\(ContinuedRun.key)"]
    guard let weights else {
      return decoder.report(
        .unusableRun, "training.continues: no records are looked at here", at: place)
    }
    do throws(WeightsNotFound) {
      draft.training?.continues = try weights.continued(written.run)
    } catch {
      decoder.report(.unusableRun, "training.continues: \(error)", at: place)
    }
  }

  /// Without the folder of the data nothing in it can be found.
  private func report(_ error: DataError, root: String, _ decoder: SpecDecoder) {
    guard Path.isFolder(root) else {
      decoder.report(
        .unusableList, "data.root: there is no folder \(root)", at: decoder.places["data.root"])
      return
    }
    for problem in error.problems {
      decoder.report(.unusableList, "data.classes: \(problem)", at: decoder.places["data.classes"])
    }
  }
}
