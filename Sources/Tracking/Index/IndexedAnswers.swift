internal import Foundation

/// The answers of an indexed run with settings that its record leaves out; its record is read once where it
/// has to be.
final class IndexedAnswers: QueriedRun, @unchecked Sendable {
  private let run: IndexedRun
  private let settings: DeferredSettings
  private let lock = NSLock()
  private var record: RunAnswers??

  init(_ run: IndexedRun, _ settings: DeferredSettings) {
    (self.run, self.settings) = (run, settings)
  }

  func value(of value: RunValue) -> QueryValue {
    if value.isPlain, let fact = RunFact(named: value.name), fact.isOfTraining {
      return fact.training(RunSettings(root: settings.settings.whole))
    }
    if run.isSetting(value) {
      switch RunSettings(root: settings.settings.whole).find(value.name) {
      case .value(let value): return value
      case .ambiguous(let paths): return RunAnswers.ambiguous(value.name, paths)
      case .nothing: break
      }
    }
    return run.kept(value) ?? answers?.value(of: value) ?? IndexedRun.isGone
  }

  private var answers: RunAnswers? {
    lock.lock()
    defer { lock.unlock() }
    if let record { return record }
    let answers = run.record.map { RunAnswers($0, settings: settings) }
    record = .some(answers)
    return answers
  }
}
