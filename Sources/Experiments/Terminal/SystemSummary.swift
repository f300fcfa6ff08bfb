import Tracking

/// What an attempt took of its machine, in a few lines.
struct SystemSummary {
  private let history: SystemHistory

  init(_ history: SystemHistory) { self.history = history }

  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    var list = FactList()
    let room = max(8, min(40, (width ?? 80) - 44))
    let samples = history.samples
    if let peak = history.peakBytes {
      let course = Sparkline.text(
        samples.map { Double($0.residentBytes) }, width: room, bucket: .maximum, floor: 0)
      list.add("memory", "at most \(Units.bytes(peak))  \(course)")
    }
    if let cores = history.cores {
      let course = Sparkline.text(history.coresOverTime, width: room, floor: 0)
      list.add("processor", "\(Units.decimals(cores, 2)) cores on average  \(course)")
    }
    if let last = samples.last, let read = last.readBytes, let written = last.writtenBytes {
      list.add("disk", "\(Units.bytes(read)) read, \(Units.bytes(written)) written")
    }
    let loads = samples.compactMap(\.load)
    if !loads.isEmpty {
      let free = samples.compactMap(\.freeBytes).min().map { ", at least \(Units.bytes($0)) free" }
      let mean = loads.reduce(0, +) / Double(loads.count)
      list.add("load", "\(Units.decimals(mean, 1)) on average\(free ?? "")")
    }
    if let hottest = history.hottest {
      list.add("temperature", "at most \(Units.decimals(hottest, 0)) °C")
    }
    return list.text(style: style, width: width)
  }
}
