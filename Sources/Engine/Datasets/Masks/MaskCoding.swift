internal import CKernels
package import Groundwork

/// Turns what masks hold into labels.
package struct MaskCoding: Sendable {
  package let meaning: MaskMeaning
  package let classes: [String]
  /// `[65536]`: the label of each value, or ``unknown``.
  private var labels: [Label]
  /// The same of values below 0 and above 65535.
  private var otherValues: [Int32] = []
  private var otherLabels: [Label] = []
  /// The same of values beyond 32 bits.
  private var farLabels: [Int: Label] = [:]
  /// The same of such values that are not listed.
  private let fallback: Label
  /// Ascending, and the label of each.
  private var colours: [UInt32] = []
  private var colourLabels: [Label] = []

  /// The label of values that no mask may hold.
  private static let unknown = Label(ck_unknown)

  /// - Parameter label: the label of all values that are not listed later; `nil` where no mask may
  ///   hold them.
  private init(_ meaning: MaskMeaning, classes: [String], label: Label? = nil) {
    self.meaning = meaning
    self.classes = classes
    fallback = label ?? Self.unknown
    labels = Array(repeating: fallback, count: 65_536)
  }

  /// The coding of masks whose pixels have one class each.
  package init(_ masks: MaskSettings) {
    self.init(masks.meaning, classes: masks.classes)
    switch meaning {
    case .classIDs:
      for id in classes.indices { list(id, Label(id)) }
    case .values(let meanings):
      for meaning in meanings {
        for value in meaning.values { list(value, meaning.label.map { Label($0) }) }
      }
    case .binary:
      list(0, 0)
      for white in MaskMeaning.whites { list(white, 1) }
    case .threshold(let least):
      for value in labels.indices { list(value, value < least ? 0 : 1) }
    case .cityscapesLabelIDs:
      for id in MaskMeaning.cityscapesIDs { list(id, nil) }
      for (label, id) in MaskMeaning.cityscapesTrained.enumerated() { list(id, Label(label)) }
    case .reduceZeroLabel:
      list(0, nil)
      for label in classes.indices { list(label + 1, Label(label)) }
    case .instanceIDs:
      for id in 0..<Int(Self.unknown) { list(id, Label(id)) }
    case .colours(let meanings), .pascalColours(let meanings):
      listColours(
        meanings.compactMap { colour in
          switch colour.meaning {
          case .label(let label): (colour.colour, Label(label))
          case .ignored: (colour.colour, Labels.ignoreIndex)
          case .unlisted: nil
          }
        })
    }
    for value in masks.ignore { list(value, nil) }
  }

  /// The coding of the mask of one class, where a pixel may have several classes. 0 is not of the
  /// class, and all other values are, except those that are ignored.
  package init(ofOneClass masks: MaskSettings) {
    self.init(masks.meaning, classes: masks.classes, label: 1)
    list(0, 0)
    for value in masks.ignore { list(value, nil) }
  }

  /// The coding of masks with an id for each object, which are the labels.
  package static let instances = MaskCoding(MaskSettings(.instanceIDs, classes: []))

  /// The coding of the mask of what counts: 0 becomes 0, where nothing counts, and all else 1.
  static let region: MaskCoding = {
    var coding = MaskCoding(.classIDs, classes: [], label: 1)
    coding.list(0, 0)
    return coding
  }()

  /// - Parameter label: `nil` where the value is ignored.
  private mutating func list(_ value: Int, _ label: Label?) {
    let label = label ?? Labels.ignoreIndex
    if labels.indices.contains(value) {
      labels[value] = label
    } else if let value = Int32(exactly: value) {
      if let place = otherValues.firstIndex(of: value) {
        otherLabels[place] = label
      } else {
        otherValues.append(value)
        otherLabels.append(label)
      }
    } else {
      farLabels[value] = label
    }
  }

  private mutating func listColours(_ listed: [(colour: RGB, label: Label)]) {
    let sorted = listed.sorted { $0.colour.code < $1.colour.code }
    colours = sorted.map(\.colour.code)
    colourLabels = sorted.map(\.label)
  }
}

extension MaskCoding {
  /// - Parameters:
  ///   - mask: the planes to fill, of the same size as the values. The plane gets a label for each
  ///     pixel.
  ///   - isChecked: whether the same values were read before without an error.
  /// - Throws: ``ImageError`` where pixels hold what nobody said the meaning of.
  package func read(
    _ values: MaskValues, into mask: inout LabelPlanes, plane: Int = 0, isChecked: Bool = false
  ) throws(ImageError) {
    let area = values.size.area
    let unknown = mask.labels.withUnsafeMutableBufferPointer { labels in
      let target = UnsafeMutableBufferPointer(rebasing: labels[plane * area..<(plane + 1) * area])
      guard isChecked, values.kind == .bytes, keepsBytes, let start = target.baseAddress else {
        return count(unknownOf: values, target)
      }
      ck_widen_labels(values.bytes, area, start)
      return 0
    }
    guard unknown == 0 else {
      let tally = MaskTally(values, asColours: meaning.isOfColours)
      var error = ImageError(complaint(about: tally))
      (error.setting, error.remedy) = (setting, remedy(for: tally))
      throw error
    }
  }

  /// True where bytes that a mask may hold are their own labels, and 255 is ignored if it may be held.
  private var keepsBytes: Bool {
    !meaning.isOfColours && [Labels.ignoreIndex, Self.unknown].contains(labels[255])
      && (0..<255).allSatisfy { labels[$0] == $0 || labels[$0] == Self.unknown }
  }

  /// The value that is class 1 in a binary mask; `nil` where it has none, and for other masks.
  ///
  /// - Throws: ``ImageError`` where it has two.
  func white(of values: MaskValues) throws(ImageError) -> Int? {
    guard case .binary = meaning else { return nil }
    let whites = MaskMeaning.whites.filter { labels[$0] == 1 }
    let found: [Int]
    if values.kind == .bytes {
      let counts = histogram(of: values.bytes)
      found = whites.filter { $0 < 256 && counts[$0] > 0 }
    } else {
      let present = Set((0..<values.size.area).map { values.value(at: $0) })
      found = whites.filter(present.contains)
    }
    guard found.count < 2 else {
      throw ImageError(
        "holds both \(found[0]) and \(found[1]), but data.values: binary is of 0 and one of them: "
          + "add the other to data.ignore where it means unlabelled, or say in data.values which "
          + "class each value is")
    }
    return found.first
  }

  /// Tells whether masks may hold the value.
  func knows(_ value: Int) -> Bool {
    if meaning.isOfColours { return colours.contains(UInt32(value)) }
    if labels.indices.contains(value) { return labels[value] != Self.unknown }
    return label(ofDistant: value) != Self.unknown
  }

  /// The label of a value below 0 or above 65535.
  private func label(ofDistant value: Int) -> Label {
    if let place = otherValues.firstIndex(where: { Int($0) == value }) { return otherLabels[place] }
    return farLabels[value] ?? fallback
  }

  /// - Returns: how many are unknown.
  private func readLongs(
    _ values: MaskValues, _ target: UnsafeMutableBufferPointer<Label>
  ) -> Int {
    var unknown = 0
    for place in target.indices {
      let value = values.value(at: place)
      let label = labels.indices.contains(value) ? labels[value] : label(ofDistant: value)
      if label == Self.unknown { unknown += 1 } else { target[place] = label }
    }
    return unknown
  }

  private func count(
    unknownOf values: MaskValues, _ target: UnsafeMutableBufferPointer<Label>
  ) -> Int {
    if values.kind == .longs, !meaning.isOfColours { return readLongs(values, target) }
    let (count, labels) = (target.count, target.baseAddress)
    return values.bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      var first = 0
      if meaning.isOfColours {
        let channels: Int32 = values.kind == .colours ? 3 : 1
        return ck_labels_of_colours(
          start.assumingMemoryBound(to: UInt8.self), channels, count, colours, colourLabels,
          Int32(colours.count), labels, &first)
      }
      return withTable { table in
        switch values.kind {
        case .bytes:
          ck_labels_of_bytes(
            start.assumingMemoryBound(to: UInt8.self), count, table, labels, &first)
        case .words:
          ck_labels_of_words(
            start.assumingMemoryBound(to: UInt16.self), count, table, labels, &first)
        case .integers:
          ck_labels_of_integers(
            start.assumingMemoryBound(to: Int32.self), count, table, labels, &first)
        case .longs, .colours: preconditionFailure("these are read in other ways")
        }
      }
    }
  }

  private func withTable<Result>(_ body: (ck_value_table) -> Result) -> Result {
    labels.withUnsafeBufferPointer { labels in
      otherValues.withUnsafeBufferPointer { values in
        otherLabels.withUnsafeBufferPointer { others in
          body(
            ck_value_table(
              labels: labels.baseAddress, other_values: values.baseAddress,
              other_labels: others.baseAddress, others: Int32(values.count), fallback: fallback))
        }
      }
    }
  }
}
