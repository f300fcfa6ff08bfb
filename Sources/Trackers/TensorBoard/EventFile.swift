internal import Foundation
internal import Protobuf

/// What the event files of one folder hold together, which TensorBoard shows as one run.
struct EventFile {
  private(set) var series: [String: TrackedSeries] = [:]
  private(set) var histograms: [String: [TrackedHistogram]] = [:]
  private(set) var texts: [String: String] = [:]
  private(set) var parameters: [String: HyperparameterValue] = [:]
  private(set) var status = TrackedRun.Status.unknown
  private(set) var firstTime: Double?
  private(set) var lastTime: Double?
  /// What is wrong with the files, and what nothing takes.
  private(set) var problems: [String] = []
  private var images = 0
  private var others: [String: Int] = [:]
  private var plugins: [String: String] = [:]
  private var valueCount = 0

  /// True where it holds nothing but hyperparameters and the last values of metrics, as
  /// `SummaryWriter.add_hparams` writes a folder of its own below that of the run.
  var isOfHyperparametersAlone: Bool {
    !parameters.isEmpty && histograms.isEmpty && series.values.allSatisfy { $0.points.count == 1 }
  }

  var isEmpty: Bool {
    series.isEmpty && histograms.isEmpty && texts.isEmpty && parameters.isEmpty && images == 0
  }

  /// Everything, as sentences.
  var leftOut: [String] {
    problems
      + (images > 0
        ? ["\(images) images are left out: a record keeps previews with their truth"] : [])
      + others.sorted { $0.key < $1.key }.map { plugin, count in
        "\(count) values of \(plugin.isEmpty ? "an unknown kind" : "the plugin \(plugin)") are left out"
      }
  }

  /// Reads one more file of the folder.
  mutating func read(_ source: ByteSource) throws(TrackerError) {
    var records = EventRecordReader(source)
    while let payload = try records.next() {
      let event: Event
      do { event = try Event(payload, plugins: &plugins) } catch {
        note("\(source.path): byte \(source.offset - payload.count - 4): \(error.description)")
        continue
      }
      if event.wallTime.isFinite, event.wallTime > 0 {
        firstTime = min(firstTime ?? event.wallTime, event.wallTime)
        lastTime = max(lastTime ?? event.wallTime, event.wallTime)
      }
      for value in event.values { take(value, event) }
      guard valueCount <= Self.mostValues else {
        throw TrackerError(
          source.path, "it has more than \(Self.mostValues) values",
          remedy: "import the folders of its runs one by one")
      }
    }
    problems += records.problems
  }

  private mutating func take(_ value: Event.Value, _ event: Event) {
    valueCount += 1
    let step = Double(event.step)
    switch value.content {
    case .scalar(let number):
      series[value.tag, default: TrackedSeries()].points.append(.init(step: step, value: number))
      if !value.about.isEmpty { series[value.tag]?.about = value.about }
    case .histogram(let bins):
      valueCount += bins.count
      histograms[value.tag, default: []].append(TrackedHistogram(step: step, bins: bins))
    case .images(_, _, let encoded): images += encoded.count
    case .text(let texts):
      // torch.utils.tensorboard has this ending of its own.
      let suffix = "/text_summary"
      let tag = value.tag.hasSuffix(suffix) ? String(value.tag.dropLast(suffix.count)) : value.tag
      self.texts[tag] = texts.joined(separator: "\n")
    case .hyperparameters(.start(let values, _, let startedAt)):
      parameters.merge(values) { $1 }
      if let startedAt { firstTime = min(firstTime ?? startedAt, startedAt) }
    case .hyperparameters(.end(let ending, let endedAt)):
      if let endedAt { lastTime = max(lastTime ?? endedAt, endedAt) }
      status =
        switch ending {
        case .success: .finished
        case .failure: .failed("FAILURE")
        case .running: .running
        case .unknown: .unknown
        }
    case .hyperparameters(.experiment): break
    case .other(let plugin): others[plugin, default: 0] += 1
    }
  }

  /// Takes what another folder says of the same run.
  mutating func take(_ other: EventFile, scope: String) {
    func name(_ tag: String) -> String { scope.isEmpty ? tag : "\(scope)/\(tag)" }
    series.merge(other.series.map { (name($0.key), $0.value) }) { first, _ in first }
    histograms.merge(other.histograms.map { (name($0.key), $0.value) }) { first, _ in first }
    texts.merge(other.texts) { first, _ in first }
    parameters.merge(other.parameters) { first, _ in first }
    if status == .unknown { status = other.status }
    firstTime = [firstTime, other.firstTime].compactMap(\.self).min()
    lastTime = [lastTime, other.lastTime].compactMap(\.self).max()
    problems += other.problems
    images += other.images
    others.merge(other.others, uniquingKeysWith: +)
  }

  private mutating func note(_ problem: String) {
    if problems.count < Self.mostProblems { problems.append("\(problem); it is left out") }
  }

  private static let mostProblems = 100
  /// Numbers, those of histograms included: several gigabytes of events.
  private static let mostValues = 100_000_000
}
