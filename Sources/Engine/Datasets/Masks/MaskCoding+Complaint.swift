internal import Groundwork

extension MaskCoding {
  /// The key of `data` that lists what masks may hold.
  package var setting: String {
    switch meaning {
    case .classIDs, .instanceIDs: "classes"
    case .values, .binary, .threshold, .cityscapesLabelIDs, .reduceZeroLabel: "values"
    case .colours, .pascalColours: "colors"
    }
  }

  /// What is wrong with a mask that holds what nobody said the meaning of, and the remedy.
  func complaint(about tally: MaskTally) -> String {
    let unknown = tally.found.filter { !knows($0.value) }
    let values = unknown.map(\.value)
    let them = values.count == 1 ? "it" : "them"
    let whereVoid = values.count == 1 ? "where it means unlabelled" : "where they mean unlabelled"
    let holds = "holds " + tally.text(unknown) { "\($0)" }
    switch meaning {
    case .classIDs:
      return "\(holds), but \(classes.count) classes are listed: "
        + remedy(unknown: values, present: tally.values)
    case .values:
      return "\(holds), which data.values does not name: add \(them), as ignore \(whereVoid)"
    case .binary:
      return "\(holds), but data.values: binary is of 0 and one of 1, 255 and 65535: say in "
        + "data.values which class each value is, as {0: \(classes[0]), \(values[0]): \(classes[1])}"
    case .threshold:
      return "\(holds), but data.values: {threshold: …} is of values from 0 to 65535"
    case .cityscapesLabelIDs:
      return "\(holds), but the label ids of Cityscapes are 0 to 33: add \(them) to data.ignore "
        + "\(whereVoid), or say in data.values which class each value is"
    case .reduceZeroLabel:
      return "\(holds), but with reduce_zero_label \(classes.count) classes are 1 to "
        + "\(classes.count): list the class, or add \(them) to data.ignore \(whereVoid)"
    case .instanceIDs:
      return "\(holds), but ids of objects are 1 to 65533, and 0 where there is none"
    case .colours, .pascalColours: return colourComplaint(tally, unknown)
    }
  }

  /// What to do about a mask that holds class ids which are not listed; `nil` for other masks.
  package func remedy(for tally: MaskTally) -> String? {
    guard case .classIDs = meaning else { return nil }
    let unknown = tally.found.map(\.value).filter { !knows($0) }
    return remedy(unknown: unknown, present: tally.values)
  }

  /// Where masks hold class ids.
  private func remedy(unknown: [Int], present: [Int]) -> String {
    let isOfTwo = classes.count == 2 && Set(present).subtracting([0]).count == 1
    if isOfTwo, let white = unknown.first {
      return MaskMeaning.whites.contains(white)
        ? "where 0 is \(classes[0]) and \(white) is \(classes[1]) set data.values: binary"
        : "where it is \(classes[1]) set data.values: {0: \(classes[0]), \(white): \(classes[1])}"
    }
    if unknown.count > 40 {
      return
        "does it hold instances or shades, or was it resized with interpolation? write the class "
        + "of each pixel"
    }
    if classes.count == MaskMeaning.cityscapesTrained.count,
      unknown.allSatisfy(MaskMeaning.cityscapesIDs.contains)
    {
      return "where they are the label ids of Cityscapes set data.values: cityscapes_label_ids"
    }
    if unknown == [classes.count] {
      return "list the class, or where 0 means unlabelled and 1 is \(classes[0]) set data.values: "
        + "reduce_zero_label"
    }
    let ignoring =
      unknown.count == 1
      ? "add \(unknown[0]) to data.ignore where it means unlabelled"
      : "add them to data.ignore where they mean unlabelled"
    return "list the class, \(ignoring), or say in data.values which class each value is"
  }

  private func colourComplaint(_ tally: MaskTally, _ unknown: [MaskTally.Found]) -> String {
    let names = unlistedNames
    let text = tally.text(unknown) { value in
      let colour = RGB(code: value)
      return "colour \(colour)" + (names[colour].map { " '\($0)'" } ?? "")
    }
    let named = unknown.compactMap { names[RGB(code: $0.value)] }
    if unknown.count > 40 {
      return "holds \(text), which data.colors does not list: was it resized or compressed with "
        + "loss? write the colour of one class a pixel"
    }
    if case .pascalColours = meaning {
      let whose = "which no class has in the palette of PASCAL VOC"
      guard named.count == unknown.count else {
        return "holds \(text), \(whose): list all colours in data.colors"
      }
      return PascalClasses.allKnown(classes)
        ? "holds \(text), \(whose): add the name to data.classes, or to data.ignore where it means "
          + "unlabelled"
        : "holds \(text), \(whose), where class \(classes.count - 1), '\(classes.last ?? "")', has "
          + "\(RGB.pascal(classes.count - 1)): list the colours of the classes in "
          + "data.colors, or add the name to data.ignore where it means unlabelled"
    }
    if named.count == unknown.count {
      return "holds \(text), which data.colors lists and data.classes does not: add the name to "
        + "data.classes, or to data.ignore where it means unlabelled"
    }
    return
      "holds \(text), which data.colors does not list: add it there with the name of its class, "
      + "or with a name of data.ignore where it means unlabelled"
  }

  private var unlistedNames: [RGB: String] {
    let listed: [MaskMeaning.ColourMeaning]
    switch meaning {
    case .colours(let meanings), .pascalColours(let meanings): listed = meanings
    case .classIDs, .values, .binary, .threshold, .cityscapesLabelIDs, .reduceZeroLabel,
      .instanceIDs:
      return [:]
    }
    return Dictionary(
      listed.filter { $0.meaning == .unlisted }.map { ($0.colour, $0.name) },
      uniquingKeysWith: { first, _ in first })
  }
}
