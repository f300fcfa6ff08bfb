/// What a person has chosen to see. Keys change it; drawing reads it.
struct WatchState: Equatable {
  var screen = WatchScreen.sweep
  /// The key of the point that is selected; the first where it is not there.
  var selected: String?
  /// Which of the point's runs is looked at.
  var seed = 0
  /// Keys of the points that charts show besides the selected one, in the order in which they were marked.
  var marks: [String] = []
  var sort = WatchSort.number
  var filter = ""
  /// True while the filter is typed.
  var isTyping = false
  /// Which of the metrics is charted: 0 for the objective.
  var metric = 0
  var isLogarithmic = false
  var smoothing = Smoothing.none
  var showsBand = true
  var showsValues = false
  var showsImages = false
  var showsLog = false
  var showsHelp = false
  var isOver = false

  enum Smoothing: Double, CaseIterable {
    case none = 0
    case some = 0.6
    case much = 0.9
  }

  static let mostMarks = 3

  /// - Parameter snapshot: what is shown now, in its order.
  mutating func press(_ key: TerminalKey, _ snapshot: WatchSnapshot) {
    if isTyping { return type(key) }
    guard let action = KeyBinding.action(of: key) else { return }
    perform(action, snapshot)
  }

  private mutating func type(_ key: TerminalKey) {
    switch key {
    case .enter: isTyping = false
    case .escape: (isTyping, filter) = (false, "")
    case .backspace: if !filter.isEmpty { filter.removeLast() }
    case .character(let character): if filter.count < 100 { filter.append(character) }
    default: break
    }
  }

  private mutating func perform(_ action: WatchAction, _ snapshot: WatchSnapshot) {
    let points = snapshot.shown(self)
    let index = points.firstIndex { $0.key == selected } ?? 0
    if showsHelp, action != .quit {
      showsHelp = false
      return
    }
    switch action {
    case .move(let step):
      guard !points.isEmpty else { return }
      selected = points[max(0, min(points.count - 1, index + step))].key
      seed = 0
    case .open: if !points.isEmpty { (selected, screen) = (points[index].key, .run) }
    case .back:
      if screen == .run, showsLog || showsImages {
        (showsLog, showsImages) = (false, false)
      } else if screen == .sweep {
        filter = ""
      } else {
        screen = .sweep
      }
    case .seed: seed += 1
    case .previousSeed: seed -= 1
    case .mark:
      guard points.indices.contains(index) else { return }
      let key = points[index].key
      if let place = marks.firstIndex(of: key) {
        marks.remove(at: place)
      } else {
        marks = (marks + [key]).suffix(Self.mostMarks)
      }
    case .filter: (isTyping, screen) = (true, .sweep)
    case .sort: sort = sort.next
    case .metric: metric += 1
    case .logarithm: isLogarithmic.toggle()
    case .smooth:
      let all = Smoothing.allCases
      smoothing = all[((all.firstIndex(of: smoothing) ?? 0) + 1) % all.count]
    case .band: showsBand.toggle()
    case .values: showsValues.toggle()
    case .images: (showsImages, showsLog, screen) = (!showsImages, false, .run)
    case .log: (showsLog, showsImages, screen) = (!showsLog, false, .run)
    case .screen(let screen): self.screen = screen
    case .help: showsHelp = true
    case .quit: isOver = true
    }
  }
}

/// What the points of the sweep are sorted by.
enum WatchSort: String, CaseIterable {
  case number, best, epochs, time, status

  var next: WatchSort {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
