internal import Datasets

/// The lines of the lists, by what they are for.
struct PartLists {
  private let hasParts: Bool
  private var lines: [Part: [String]] = [:]
  private var instances: [Part: [String]] = [:]
  private var unlabelled: [String] = []

  /// - Parameter hasParts: tells that the layout says what images are for, of some of them at least.
  init(hasParts: Bool) { self.hasParts = hasParts }

  mutating func add(_ line: String, _ instances: String?, _ part: Part?, isLabelled: Bool) {
    guard isLabelled else { return unlabelled.append(line) }
    let part = part ?? .train
    lines[part, default: []].append(line)
    if let instances { self.instances[part, default: []].append(instances) }
  }

  /// Decides what trains where the layout leaves it open.
  mutating func settle(_ written: inout WrittenDataSet) throws(DataError) {
    if lines[.train, default: []].isEmpty {
      guard let other = [Part.validation, .test].first(where: { lines[$0] != nil }) else {
        throw DataError(DataProblem("no image has annotations: nothing could be trained on"))
      }
      lines[.train] = lines.removeValue(forKey: other)
      instances[.train] = instances.removeValue(forKey: other)
      written.warnings.append(
        "there are no images for training: those for \(other.rawValue) train, and a part of them validates"
      )
    }
    let count = lines[.train, default: []].count
    guard count > 1 || lines[.validation] != nil else {
      throw DataError(
        DataProblem("one labelled image is not enough: one trains and another one validates"))
    }
    for (part, lines) in lines { written.counts[part] = lines.count }
    written.unlabelled = unlabelled.count
    written.validation = lines[.validation].map { _ in Self.name(.validation) }
    written.test = lines[.test].map { _ in Self.name(.test) }
  }

  var files: [(name: String, lines: [String])] {
    Part.allCases.flatMap { part -> [(name: String, lines: [String])] in
      [(Self.name(part), lines[part]), ("\(part.rawValue).instances.txt", instances[part])]
        .compactMap { name, lines in lines.map { (name, $0) } }
    } + (unlabelled.isEmpty ? [] : [("unlabelled.txt", unlabelled)])
  }

  static func name(_ part: Part) -> String { "\(part.rawValue).txt" }
}
