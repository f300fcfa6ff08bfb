/// One number or fact of a run, in the words that a person types.
///
/// | written | means |
/// |---|---|
/// | `mean_iou` | the value at the run's best evaluation, by its objective |
/// | `max(mean_iou)` `min(m)` `first(m)` `last(m)` | the highest, lowest, first, last |
/// | `mean(m, last 5)` | the mean over the last 5 evaluations; over all with `mean(m)` |
/// | `loss @ best(mean_iou)` | the value where another series was best; `@ max(m)` and `@ min(m)` too |
/// | `m @ last` `m @ first` `m @ epoch 40` `m @ step 800` | the value of one evaluation |
/// | `epoch @ best(m)` `step @ best(m)` | when that was |
/// | `iou.car` | the value of a class |
/// | `status` `host` `seed` … | a fact, see ``RunFact`` |
/// | `solver.base_lr` `base_lr` | a setting of the spec, by its path or the end of one |
///
/// Numbers that are not finite are never the best; of equals the first evaluation is.
package struct RunValue: Sendable, Hashable {
  /// As it was written: of a series, a fact or a setting, or `epoch` or `step`.
  package let name: String
  package let statistic: Statistic
  private let origin: Origin

  package enum Statistic: Sendable, Hashable {
    case max, min
    /// Over the last evaluations, or all.
    case mean(last: Int?)
    case at(Evaluation)
  }

  /// An evaluation of a run.
  package enum Evaluation: Sendable, Hashable {
    case first, last
    /// Where a series was best; by the run's objective where none is named.
    case best(String?)
    case highest(String)
    case lowest(String)
    case epoch(Double)
    case step(Int)
  }

  init(
    _ name: String, _ statistic: Statistic = .plain, text: QueryText, place: Range<Int>,
    selection: Range<Int>? = nil
  ) {
    (self.name, self.statistic) = (name, statistic)
    origin = Origin(text: text, place: place, selection: selection)
  }

  init(fact: RunFact) {
    (name, statistic) = (fact.rawValue, .plain)
    let place = 0..<fact.rawValue.unicodeScalars.count
    let text = QueryText(words: fact.rawValue)
    origin = Origin(text: text, place: place, selection: nil)
  }

  /// True where only the name is written.
  package var isPlain: Bool { statistic == .plain }

  /// Where it was written; values that mean the same are equal wherever they stand.
  private struct Origin: Sendable, Hashable {
    let text: QueryText
    let place: Range<Int>
    let selection: Range<Int>?

    static func == (left: Self, right: Self) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
  }

  /// An error about the name.
  func error(_ message: String, remedy: String? = nil) -> QueryError {
    QueryError(message, origin.text, origin.place, remedy: remedy)
  }

  /// An error about the name in `best(…)`.
  func selectionError(_ message: String, remedy: String? = nil) -> QueryError {
    QueryError(message, origin.text, origin.selection ?? origin.place, remedy: remedy)
  }
}

extension RunValue.Statistic {
  /// What a name alone means.
  package static let plain = RunValue.Statistic.at(.best(nil))
}

extension RunValue.Evaluation {
  /// The series that chooses the evaluation.
  package var series: String? {
    switch self {
    case .best(let name): name
    case .highest(let name), .lowest(let name): name
    case .first, .last, .epoch, .step: nil
    }
  }
}

extension RunValue: CustomStringConvertible {
  /// The shortest way to write it.
  package var description: String {
    let name = Self.quoted(name)
    return switch statistic {
    case .max: "max(\(name))"
    case .min: "min(\(name))"
    case .mean(nil): "mean(\(name))"
    case .mean(let count?): "mean(\(name), last \(count))"
    case .at(.first): "first(\(name))"
    case .at(.last): "last(\(name))"
    case .at(.best(nil)): name
    case .at(.best(let series?)): "\(name) @ best(\(Self.quoted(series)))"
    case .at(.highest(let series)): "\(name) @ max(\(Self.quoted(series)))"
    case .at(.lowest(let series)): "\(name) @ min(\(Self.quoted(series)))"
    case .at(.epoch(let epoch)): "\(name) @ epoch \(WrittenNumbers.shortest(epoch))"
    case .at(.step(let step)): "\(name) @ step \(step)"
    }
  }

  private static func quoted(_ name: String) -> String {
    let tokens = (try? QueryText(name, source: ""))?.tokens
    return tokens?.count == 2 && tokens?[0].kind == .word ? name : "'\(name)'"
  }
}
