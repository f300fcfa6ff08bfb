/// Seconds since it was made, by a clock that never jumps.
package struct Stopwatch {
  package init() {}

  private let start = ContinuousClock.now

  package var seconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// Images per second, smoothed over the last steps so that a display does not flicker.
package struct RateMeter {
  private var watch = Stopwatch()
  package private(set) var perSecond = 0.0

  package init(watch: Stopwatch = Stopwatch(), perSecond: Double = 0.0) {
    self.watch = watch
    self.perSecond = perSecond
  }

  package mutating func add(_ images: Int) {
    let latest = Double(images) / max(watch.seconds, 1e-9)
    perSecond = perSecond == 0 ? latest : 0.9 * perSecond + 0.1 * latest
    watch = Stopwatch()
  }
}
