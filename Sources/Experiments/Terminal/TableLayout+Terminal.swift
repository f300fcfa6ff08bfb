import Tracking

typealias TableLayout = Tracking.TableLayout

extension TableLayout {
  /// As wide as the terminal, the headings in bold.
  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    text(width: width, heading: { style.bold($0) })
  }
}
