internal import Datasets
internal import Execution
internal import Tasks
internal import Tracking

/// What masks say, once it is known what classes there are.
extension DataSection {
  private static let path = SpecPath(components: ["data"])

  /// Names become ids, and what does not fit the classes is reported.
  ///
  /// - Precondition: class names and colours have been read.
  mutating func settleMasks(for task: any SegmentationTask, _ decoder: SpecDecoder) {
    let names = classNames
    let before = decoder.diagnostics.count
    func report(_ key: String, _ message: String, remedy: String? = nil) {
      let path = Self.path.appending(key)
      decoder.report(.unfitMasks, "\(path) \(message)", at: decoder.places[path], remedy: remedy)
    }
    let key = masks.isOfColours ? "colors" : "values"
    if !task.reading.masksHoldClasses, masks != .classIDs {
      report(
        key, "is for masks of one class a pixel, but the task is \(task.name)",
        remedy: "leave it out: of each class's mask what is not 0 is of the class")
      return
    }
    if !masks.isOfColours, let name = ignoredNames.first {
      report(
        "ignore", "names '\(name)', but masks hold numbers", remedy: "names are for data.colors")
    }
    if masks.isOfColours, !ignore.isEmpty {
      report(
        "ignore", "names \(ignore[0]), but masks are read by their colours",
        remedy: "write the name of a colour of data.colors, or leave it out")
    }
    switch masks {
    case .classIDs: break
    case .preset(let preset):
      if let classes = preset.meaning.classes, classes != names.count {
        report(
          key, "is \(preset.rawValue), which has \(classes) classes, but \(names.count) are listed")
      }
    case .values(let values): masks = .values(settled(values, decoder))
    case .threshold:
      if names.count != 2 {
        report(key, "has a threshold, which parts 2 classes, but \(names.count) are listed")
      }
    case .colours(let colours): check(colours, report)
    case .pascal: checkPascal(report)
    case .colourFile: break
    }
    if task.reading.masksHoldClasses, !masks.isOfColours, decoder.diagnostics.count == before {
      checkThatEachClassCounts(report)
    }
  }

  private func settled(
    _ values: [MaskSetting.Value], _ decoder: SpecDecoder
  ) -> [MaskSetting.Value] {
    let names = classNames
    return values.map { value in
      let path = Self.path.appending("values").appending(value.key)
      var target = value.target
      switch value.target {
      case .ignored: break
      case .id(let id) where id >= names.count:
        decoder.report(
          .unfitMasks,
          "\(path) is \(id), but \(names.count) classes are listed: their ids are 0 to "
            + "\(names.count - 1)", at: decoder.places[path])
      case .id: break
      case .name(let name):
        if let id = names.firstIndex(of: name) {
          target = .id(id)
        } else {
          decoder.report(
            .unknownClass, "\(path): there is no class '\(name)'", at: decoder.places[path],
            remedy: SpecValue.suggestion(name, names + [MaskSetting.ignored]))
        }
      }
      if target != .ignored, let both = ignore.first(where: value.values.contains) {
        decoder.report(
          .unfitMasks, "\(path) is a class, but data.ignore names \(both) too",
          at: decoder.places[path],
          remedy: "leave it out of one of them")
      }
      return .init(values: value.values, key: value.key, target: target)
    }
  }

  private func check(
    _ colours: [MaskSetting.Colour], _ report: (String, String, String?) -> Void
  ) {
    let listed = colours.map(\.name)
    for name in classNames where !listed.contains(name) {
      report("colors", "has no colour of class '\(name)'", SpecValue.suggestion(name, listed))
    }
    for name in ignoredNames where !listed.contains(name) {
      report(
        "ignore", "names '\(name)', which data.colors does not", SpecValue.suggestion(name, listed))
    }
    for name in ignoredNames where classNames.contains(name) {
      report(
        "ignore", "names class '\(name)', which would never be learned",
        "leave it out of data.classes")
    }
  }

  /// Classes have the colours of their names where all are of PASCAL VOC, and by position otherwise:
  /// a name that would get the colour of another is refused.
  private func checkPascal(_ report: (String, String, String?) -> Void) {
    let names = classNames
    let numbers = PascalClasses.numbers(names)
    for (id, name) in names.enumerated() {
      if let first = numbers.firstIndex(of: numbers[id]), first < id {
        report(
          "colors",
          "is pascal, where '\(names[first])' and '\(name)' are both "
            + PascalClasses.names[numbers[id]], "leave one of them out of data.classes")
      } else if let number = PascalClasses.number(name), number != numbers[id],
        let other = names.first(where: { PascalClasses.number($0) == nil })
      {
        report(
          "colors",
          "is pascal, where '\(name)' is class \(number), but '\(other)' is none of its names, so "
            + "that classes go by position",
          "list all colours in data.colors, or write names of PASCAL VOC alone: "
            + SpecValue.suggestion(other, PascalClasses.names))
      }
    }
    for name in ignoredNames where name != PascalClasses.void {
      guard let number = PascalClasses.number(name) else {
        report(
          "ignore", "names '\(name)', which is no class of PASCAL VOC",
          SpecValue.suggestion(name, PascalClasses.names + [PascalClasses.void]))
        continue
      }
      if let id = numbers.firstIndex(of: number) {
        report(
          "ignore", "names '\(name)', whose colour class '\(names[id])' has",
          "leave the class out of data.classes")
      }
    }
  }

  /// A class all of whose pixels are ignored is a slip of the pen.
  private func checkThatEachClassCounts(_ report: (String, String, String?) -> Void) {
    for (id, name) in classNames.enumerated() where !counts(id) {
      guard case .values = masks, !ignores(id) else {
        report(
          "ignore", "names every value of class '\(name)', which would never be learned or judged",
          remedy(forIgnored: id))
        continue
      }
      report("values", "lets no value become class '\(name)'", "name one, or leave the class out")
    }
  }

  /// Tells whether mask pixels may be of the class.
  private func counts(_ id: Int) -> Bool {
    switch masks {
    case .classIDs: !ignore.contains(id)
    case .preset(.binary): id > 0 || !ignore.contains(0)
    case .threshold: true
    case .preset(.reduceZeroLabel): !ignore.contains(id + 1)
    case .preset(.cityscapesLabelIDs), .colourFile, .colours, .pascal: true
    case .values(let values): values.contains { $0.target == .id(id) }
    }
  }

  private func ignores(_ id: Int) -> Bool {
    if case .values(let values) = masks {
      return values.contains { $0.target == .id(id) && ignore.contains($0.values.lowerBound) }
    }
    return true
  }

  private func remedy(forIgnored id: Int) -> String {
    guard masks == .classIDs else { return "leave the class out of data.classes" }
    let kept = classNames.indices.filter { !ignore.contains($0) }
    if id > (kept.last ?? -1) { return "leave the class out of data.classes" }
    if ignore.contains(0), kept == Array(1..<classNames.count) {
      return "leave the class out of data.classes and set data.values: reduce_zero_label"
    }
    return "leave the class out of data.classes, and say in data.values which class each value is: "
      + "{\(id): ignore, …}"
  }
}

extension DataSection {
  /// In the engine's words.
  ///
  /// - Precondition: ``settleMasks(for:_:)`` found nothing wrong.
  var maskMeaning: MaskMeaning {
    switch masks {
    case .classIDs: .classIDs
    case .preset(let preset): preset.meaning
    case .threshold(let least): .threshold(least)
    case .pascal: .pascal(classNames, ignored: ignoredNames)
    case .values(let values):
      .values(
        values.map { value in
          if case .id(let id) = value.target {
            .init(value.values, label: id)
          } else {
            .init(value.values, label: nil)
          }
        })
    case .colours(let colours):
      .colours(
        colours.sorted { $0.colour < $1.colour }.map { colour in
          let id = classNames.firstIndex(of: colour.name)
          let isIgnored = ignoredNames.contains(colour.name) || colour.name == MaskSetting.ignored
          return .init(
            colour.colour, name: colour.name,
            id.map { .label($0) } ?? (isIgnored ? .ignored : .unlisted))
        })
    case .colourFile: preconditionFailure("the colours were not read")
    }
  }
}
