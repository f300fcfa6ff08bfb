import Tracking

extension TableFormat where Self == TextTable {
  /// As wide as the terminal with the best row in bold; plain and whole anywhere else.
  static var forTerminal: TextTable {
    let style = Style.output
    var table = TextTable(width: Screen.outputWidth, emphasis: { style.bold($0) })
    table.heading = { style.bold($0) }
    table.aside = { style.dim($0) }
    return table
  }
}
