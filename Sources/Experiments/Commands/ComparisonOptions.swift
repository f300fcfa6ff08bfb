import ArgumentParser
import Foundation
import Tracking

/// Which rows a comparison has, in which order, and what they are tested against.
struct ComparisonRowOptions: ParsableArguments {
  @Flag(help: "A row for each run, instead of one for all seeds of a point.")
  var each = false

  @Option(
    help: ArgumentHelp(
      "Only so many points, or runs with --each: the best by the objective.", valueName: "count"))
  var top: Int?

  @Option(
    help: ArgumentHelp(
      "A row for all runs that have the same values, e.g. losses,template.name.",
      valueName: "values"))
  var group: String?

  @Option(
    help: ArgumentHelp(
      "The order of the rows: several values, the best first; a minus reverses one.",
      valueName: "values"))
  var sort: String?

  @Option(
    help: ArgumentHelp(
      "What rows are ranked and tested by instead of the objective, e.g. 'mean_iou @ last'.",
      valueName: "value"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "The runs of the row to test the others against; default: the best row.",
      valueName: "selector"))
  var vs: String?

  @Flag(help: "Allow runs that were judged differently, with a warning; they stand in groups.")
  var mixed = false

  func validate() throws {
    if top != nil, group != nil { throw ValidationError("--top and --group: write one of them") }
    if top != nil, by != nil { throw ValidationError("--top and --by: write one of them") }
    if let top, top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if each, group != nil { throw ValidationError("--each and --group: write one of them") }
  }

  func apply(to request: inout ComparisonRequest) throws {
    do throws(QueryError) {
      if each { request.grouping = .runs }
      if let group { request.grouping = .values(try RunValue.list(group, source: "--group")) }
      if let sort {
        request.order = try ComparisonRequest.SortKey.list(sort, source: "--sort")
      }
      if let by { request.judge = try RunValue(by, source: "--by") }
    } catch { throw Failure(.usage, "error: \(error)") }
  }
}

/// Which columns a comparison has, and what they say.
struct ComparisonColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The measured columns, in their order: mean_iou, iou.car, max(mean_iou), loss @ best(mean_iou), \
      mean_iou @ last, mean(loss, last 5), epoch @ best(mean_iou); facts as host, commit, \
      seconds, parameters, flops, memory, images_per_second.
      """,
      valueName: "values"))
  var columns: String?

  @Flag(help: "Show everything that is recorded, also what is the same in every row.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Keep columns whose names fit, also those that are the same in every row.",
      valueName: "regex"))
  var keep: String?

  @Option(
    help: ArgumentHelp("Leave out columns whose names fit; --keep is stronger.", valueName: "regex")
  )
  var drop: String?

  @Option(
    help: ArgumentHelp(
      """
      What stands beside a mean: std, the sample standard deviation; t, Student's 95 % interval; bca, \
      the bootstrap's, from ten seeds on.
      """,
      valueName: "kind"))
  var interval = "std"

  func validate() throws {
    let kinds = Comparison.Spread.allCases.map(\.rawValue)
    guard kinds.contains(interval) else {
      throw ValidationError("--interval \(interval): use one of \(kinds.joined(separator: ", "))")
    }
    for (option, text) in [("--keep", keep), ("--drop", drop)] {
      guard let text else { continue }
      guard (try? ColumnPattern(text)) != nil else {
        throw ValidationError("\(option) \(text): this is no regular expression")
      }
    }
  }

  /// - Parameter format: machine formats hold everything measured.
  func apply(to request: inout ComparisonRequest, format: any TableFormat) throws {
    do throws(QueryError) {
      if let columns { request.columns = try RunValue.list(columns, source: "--columns") }
    } catch { throw Failure(.usage, "error: \(error)") }
    request.isWhole = all
    request.holdsEverySeries = format.holdsEverything
    request.kept = try keep.map(ColumnPattern.init)
    request.dropped = try drop.map(ColumnPattern.init)
    request.spread = Comparison.Spread(rawValue: interval) ?? .deviation
  }
}

/// How a comparison is laid out.
struct ComparisonLayoutOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Show attributes as rows and runs as columns; by itself where at most four rows do not fit.
      """)
  var rows: Bool?

  @Option(help: "Fit so many columns; default: the terminal's.")
  var width: Int?

  @Option(
    help: ArgumentHelp("plain, or grid for a line below the headings.", valueName: "style"))
  var style = "plain"

  @Flag(help: "Use nothing but ASCII, without colors.")
  var plain = false

  @Option(
    help: ArgumentHelp(
      "raw: texts that a spreadsheet takes for formulas are written as they are.",
      valueName: "raw"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "siunitx: values and errors have S columns of their own.", valueName: "siunitx"))
  var latex: String?

  func check(format: String) throws {
    if let csv, csv != "raw" { throw ValidationError("--csv \(csv): there is only raw") }
    if let latex, latex != "siunitx" {
      throw ValidationError("--latex \(latex): there is only siunitx")
    }
    if !["plain", "grid"].contains(style) {
      throw ValidationError("--style \(style): use plain or grid")
    }
    if let width, width < 20 { throw ValidationError("--width \(width): use 20 or more") }
    let meant: [(String, Bool, String)] = [
      ("--csv", csv != nil, "csv"), ("--latex", latex != nil, "latex"),
      ("--rows", rows != nil, "text"), ("--width", width != nil, "text"),
      ("--style", style != "plain", "text"), ("--plain", plain, "text"),
    ]
    for (option, isGiven, wanted) in meant where isGiven && format != wanted {
      throw ValidationError("\(option) means something with --format \(wanted) alone")
    }
  }

  func format(_ format: any TableFormat) -> any TableFormat {
    switch format {
    case is CSVTable: return CSVTable(isRaw: csv == "raw")
    case is LatexTable: return LatexTable(usesSIUnitx: latex == "siunitx")
    case is TextTable:
      var text = plain ? TextTable(width: Screen.outputWidth) : .forTerminal
      text.width = width ?? text.width
      text.isTransposed = rows
      text.isRuled = style == "grid"
      text.isPlain = plain
      return text
    default: return format
    }
  }
}

/// The command line as a table keeps it: without where records lie and how the table is written.
enum ComparisonQuery {
  static func typed(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) -> String {
    let left: Set = ["--results", "--format", "--width"]
    var words: [String] = ["experiments"]
    var skips = false
    for argument in arguments {
      if skips {
        skips = false
      } else if left.contains(argument) {
        skips = true
      } else if !left.contains(where: { argument.hasPrefix($0 + "=") }) {
        words.append(ShellWord.quoted(argument))
      }
    }
    return words.joined(separator: " ")
  }
}
