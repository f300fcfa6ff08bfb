/// What a key does: the one list that keys are looked up in and that help shows.
struct KeyBinding {
  let keys: [TerminalKey]
  /// As help shows them.
  let label: String
  let about: String
  let action: WatchAction

  static let all: [KeyBinding] = [
    KeyBinding(keys: [.up, "k"], label: "↑ k", about: "the point or run above", action: .move(-1)),
    KeyBinding(keys: [.down, "j"], label: "↓ j", about: "the one below", action: .move(1)),
    KeyBinding(keys: [.pageUp], label: "PgUp", about: "ten up", action: .move(-10)),
    KeyBinding(keys: [.pageDown], label: "PgDn", about: "ten down", action: .move(10)),
    KeyBinding(keys: [.home], label: "Home", about: "the first", action: .move(-1_000_000)),
    KeyBinding(keys: [.end], label: "End", about: "the last", action: .move(1_000_000)),
    KeyBinding(keys: [.enter], label: "enter", about: "open the run", action: .open),
    KeyBinding(keys: [.escape], label: "esc", about: "back to the sweep", action: .back),
    KeyBinding(keys: [.left, .right], label: "← →", about: "another seed or fold", action: .seed),
    KeyBinding(keys: [" "], label: "space", about: "mark for the charts", action: .mark),
    KeyBinding(
      keys: ["/"], label: "/", about: "words or a condition as of --where", action: .filter),
    KeyBinding(keys: ["s"], label: "s", about: "sort by the next column", action: .sort),
    KeyBinding(keys: ["m"], label: "m", about: "chart the next metric", action: .metric),
    KeyBinding(keys: ["y"], label: "y", about: "logarithmic axis", action: .logarithm),
    KeyBinding(keys: ["e"], label: "e", about: "smooth by 0, 0.6, 0.9", action: .smooth),
    KeyBinding(keys: ["b"], label: "b", about: "a band or a line a seed", action: .band),
    KeyBinding(keys: ["v"], label: "v", about: "values in place of charts", action: .values),
    KeyBinding(keys: ["i"], label: "i", about: "the last previews", action: .images),
    KeyBinding(keys: ["l"], label: "l", about: "the whole log", action: .log),
    KeyBinding(keys: ["1"], label: "1", about: "the sweep", action: .screen(.sweep)),
    KeyBinding(keys: ["2"], label: "2", about: "the run", action: .screen(.run)),
    KeyBinding(keys: ["3"], label: "3", about: "the workers", action: .screen(.workers)),
    KeyBinding(keys: ["?", "h"], label: "? h", about: "this help", action: .help),
    KeyBinding(keys: ["q"], label: "q", about: "quit", action: .quit),
  ]

  static func action(of key: TerminalKey) -> WatchAction? {
    guard let action = all.first(where: { $0.keys.contains(key) })?.action else { return nil }
    return action == .seed && key == .left ? .previousSeed : action
  }
}

extension TerminalKey: ExpressibleByExtendedGraphemeClusterLiteral {
  init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}

enum WatchAction: Hashable {
  case move(Int), open, back, seed, previousSeed, mark, filter, sort, metric, logarithm, smooth
  case band, values, images, log, help, quit
  case screen(WatchScreen)
}

enum WatchScreen: String, CaseIterable, Sendable {
  case sweep, run, workers
}
