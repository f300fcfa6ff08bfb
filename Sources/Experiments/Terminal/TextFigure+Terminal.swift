internal import Tracking

extension TextFigure {
  /// As wide as the terminal, with its colours; 80 characters and plain anywhere else.
  static var forTerminal: TextFigure {
    let style = Style.output
    return TextFigure(
      width: Screen.outputWidth ?? 80, bold: { style.bold($0) },
      paint: { text, series in style.series(text, series) })
  }
}

extension Style {
  /// The text in the colour of the i-th series: five that themes of terminals know, in turn.
  func series(_ text: String, _ index: Int) -> String {
    let codes = [34, 31, 32, 35, 33]
    return isOn ? "\u{1B}[\(codes[index % codes.count])m\(text)\u{1B}[0m" : text
  }
}
