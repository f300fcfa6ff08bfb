/// The pixels around a panel that its ticks, labels and names at line ends take.
struct PanelMargins {
  var left = 4.0
  var right = 4.0
  var top = 0.0
  var bottom = 0.0
  /// Degrees by which names along x are turned, where they have no room side by side.
  var turn = 0.0
  /// Of the pixels above the panel those of its ticks.
  var ticksAbove = 0.0

  static let (tickSize, labelSize, titleSize, nameSize) = (10.5, 11.0, 12.0, 11.0)
  static let swatch = 15.0

  /// - Parameter width: about how wide the panel will be with everything around it.
  init(_ panel: Panel, of row: Figure.Row, width: Double) {
    if panel.y.isShown {
      let side = Self.widest(Self.ticks(panel.y, row.height / 26)) + 10
      if panel.y.isOpposite { right = max(right, side) } else { left = max(left, side) }
    }
    let names = panel.marks.compactMap { mark -> Double? in
      guard case .line(let line) = mark, let label = line.endLabel else { return nil }
      return TextExtent.width(label, size: Self.nameSize, isBold: true) + 14
    }
    right = max(right, names.max() ?? 0)
    let hasTitle = row.panels.contains { !$0.title.isEmpty }
    // Beside ticks that stand above, there is room for the label of y.
    let hasLabel = row.panels.contains {
      $0.y.isShown && !$0.y.label.isEmpty && !($0.x.isShown && $0.x.isOpposite)
    }
    top = (hasTitle ? 18 : 0) + (hasLabel ? 18 : 0) + 6
    guard panel.x.isShown else { return }
    let ticks = Self.ticks(panel.x, width / 60)
    let inner = max(40, (width - left - right) / Double(max(1, panel.x.scale.names?.count ?? 1)))
    let widest = Self.widest(ticks)
    var room = 18.0
    if panel.x.scale.names != nil || panel.x.ticks != nil, ticks.count > 1 {
      if panel.x.scale.names != nil, widest > inner - 6 {
        turn = -45
        room = min(110, widest * 0.72 + 14)
      }
    }
    if turn == 0, panel.x.scale.names == nil, let last = ticks.last {
      right = max(right, TextExtent.width(last.text, size: Self.tickSize) / 2)
    }
    if turn != 0 {
      // Turned names at the top lean over the right end, and at the bottom over the left one.
      if panel.x.isOpposite {
        right = max(right, widest * 0.7 - inner / 2)
      } else {
        left = max(left, widest * 0.7 - inner / 2)
      }
    }
    if panel.x.isOpposite {
      ticksAbove = room
      top += room + (panel.x.label.isEmpty ? 0 : 16)
    } else {
      bottom += room + (panel.x.label.isEmpty ? 0 : 18)
    }
  }

  static func ticks(_ axis: Axis, _ count: Double) -> [Tick] {
    axis.ticks ?? axis.scale.ticks(atMost: max(2, Int(count)))
  }

  private static func widest(_ ticks: [Tick]) -> Double {
    ticks.map { tick in
      max(
        TextExtent.width(tick.text, size: tickSize, isBold: tick.isBold),
        TextExtent.width(tick.note ?? "", size: tickSize))
        + (tick.swatch == nil ? 0 : swatch)
    }.max() ?? 0
  }
}
