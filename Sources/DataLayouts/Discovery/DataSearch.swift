internal import Datasets

/// Finds what can be trained on in a folder, or by lists.
package enum DataSearch {
  /// - Throws: ``LayoutError`` where nothing is found, with what lies there and what would be found.
  package static func look(in path: String) throws(LayoutError) -> FoundFolder {
    let folder = SourceFolder(path)
    guard !folder.isCutOff else {
      throw refusal(path, "holds millions of files: name the data set's own folder")
    }
    guard !folder.files.isEmpty else {
      throw refusal(path, "holds no files: name the folder with the images and masks")
    }
    let lists = FoundLists(in: folder)
    if let train = lists.parts[.train] {
      var data = FoundData(
        root: folder.path, parts: lists.parts.mapValues { SampleSources(file: $0) })
      (data.images, data.masksAreLossy) = (lists.images, lists.masksAreLossy)
      data.classFile = ClassFileSearch.file(in: folder)
      data.assumptions.append(
        "the lists that lie there say what is trained on: \(named(lists.parts))")
      if !lists.others.isEmpty {
        data.assumptions.append(
          "\(lists.others.listed) \(lists.others.count == 1 ? "is" : "are") left aside: \(train) trains"
        )
      }
      return .data(data)
    }
    let layouts = DataLayouts.recognized(folder)
    let matches = FolderMatches(folder)
    // Folders `annot` beside images are those of many tools besides CamVid's.
    let isCertain =
      layouts.contains { $0.layout != CamVidLayout.self } || matches.all.isEmpty
      || folder.files.contains { $0.hasPrefix("trainannot/") || $0.contains("/trainannot/") }
    if let first = layouts.first, isCertain {
      return .layout(first.layout, reason: first.reason)
    }
    return .data(try PairedFolders(matches, in: folder).data())
  }

  /// - Parameter paths: of lists, the one that trains first where their names do not say which it is.
  package static func lists(_ paths: [String]) throws(LayoutError) -> FoundData {
    let problems = Problems()
    var glances: [ListGlance] = []
    for path in paths {
      if let glance = ListGlance(FileEnds.text(path)) {
        glances.append(glance)
      } else {
        problems.add(
          path, line: 1, "is no 'image mask': a list has one sample a line, its mask behind it")
      }
    }
    try problems.throwIfAny()
    let folder = SourceFolder.folder(of: paths[0])
    let own = folder.isEmpty ? (paths[0].hasPrefix("/") ? "/" : ".") : folder
    guard let root = [own, own + "/.."].first(where: { glances[0].isThere(in: $0) }) else {
      throw DataError(
        DataProblem(
          file: paths[0], line: 1,
          "there is no \((glances[0].images + glances[0].masks).joined(separator: " or no ")) in \(own) or "
            + "above it: put the list into the folder that its paths start from"))
    }
    var parts: [Part: SampleSources] = [:]
    for path in paths {
      let part = NameWords.part(in: SourceFolder.withoutEnding(SourceFolder.name(of: path)))
      let free = part ?? Part.allCases.first { parts[$0] == nil }
      guard let free, parts[free] == nil else {
        throw DataError(
          DataProblem(
            file: path,
            "is a second list for \(free?.rawValue ?? "nothing"): name one for each of "
              + "train, validation and test"))
      }
      parts[free] = SampleSources(file: RelativePath.from(root, to: path))
    }
    if parts[.train] == nil {
      let part = Part.allCases.first { parts[$0] != nil } ?? .train
      parts[.train] = parts.removeValue(forKey: part)
    }
    var data = FoundData(root: root, parts: parts)
    data.images = glances[0].images.count
    data.masksAreLossy = FoundData.isLossy(glances[0].masks[0])
    data.classFile = ClassFileSearch.file(in: SourceFolder(root))
    if glances[0].masks.count > 1 {
      throw DataError(
        DataProblem(
          file: paths[0], line: 1,
          "names \(glances[0].masks.count) masks, one for each class: write the spec with task: multilabel"
        ))
    }
    return data
  }

  private static func named(_ parts: [Part: String]) -> String {
    Part.allCases.compactMap { parts[$0] }.joined(separator: ", ")
  }

  static func refusal(_ file: String, _ message: String) -> DataError {
    DataError(DataProblem(file: file, message))
  }
}

extension [String] {
  /// The first of some names, and how many there are besides.
  var listed: String {
    prefix(4).joined(separator: ", ") + (count > 4 ? " and \(count - 4) more" : "")
  }
}
