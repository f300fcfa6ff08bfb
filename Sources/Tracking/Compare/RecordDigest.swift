internal import Digest
internal import Foundation
internal import Measurements

extension ComparedRun {
  /// 16 hexadecimal digits of the SHA-256 of everything that tables and reports show of the run: two
  /// records with the same digest give the same page.
  package var digest: String {
    var hash = SHA256()
    hash.update("\(id)\n\(experiment)\n\(number)\n\(isSuperseded)\n\(status)\n\(damage)\n")
    hash.update("\(objective.metric)\n\(objective.maximize)\n\(values.contentDigest)")
    return String(hash.finalize().prefix(16))
  }
}

extension [ComparedRun] {
  /// The same of several runs, whatever their order.
  package var digest: String {
    var hash = SHA256()
    let lines = parallelMap(self) { "\($0.experiment)/\($0.id) \($0.digest)\n" }
    for line in lines.sorted() { hash.update(line) }
    return String(hash.finalize().prefix(16))
  }
}

extension RunRecord {
  package var contentDigest: String {
    if let filesDigest { return String(filesDigest.prefix(16)) }
    var hash = SHA256()
    hash.add(trial)
    hash.add(attempts)
    hash.add(result)
    hash.add(checkpoints)
    hash.add(history)
    for test in tests {
      hash.add(test.facts)
      hash.add(test.history)
    }
    return String(hash.finalize().prefix(16))
  }
}

extension RunRecord {
  package var digest: String { ComparedRun(self).digest }
}

extension [RunRecord] {
  /// Of all of them, whatever their order.
  package var digest: String { map(ComparedRun.init).digest }
}

extension SHA256 {
  fileprivate mutating func add(_ content: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    update((try? encoder.encode(content)) ?? Data())
    update("\n")
  }

  fileprivate mutating func add(_ history: MetricHistory?) {
    guard let history else { return update("no history\n") }
    add(history.series)
    for row in history.rows {
      update("\(row.point.step) \(row.point.epoch) \(row.attempt)\n")
      for values in row.values { add(values) }
    }
  }

  private mutating func add(_ values: MeasuredValues) {
    switch values {
    case .number(let value): withUnsafeBytes(of: value.bitPattern) { update($0) }
    case .numbers(let values): values.withUnsafeBytes { update($0) }
    case .counts(let counts): counts.withUnsafeBytes { update($0) }
    case .images(let images): for image in images { update("\(image.name) \(image.value)\n") }
    }
  }
}
