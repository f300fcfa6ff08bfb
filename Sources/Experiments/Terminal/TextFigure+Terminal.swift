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
