/// A record of an event file, as far as TensorBoard shows it.
package struct Event: Sendable, Equatable {
  /// Seconds since 1970.
  package var wallTime: Double
  package var step: Int
  package var values: [Value] = []
  /// The first record of a file names the version of the format instead.
  package var fileVersion: String?

  /// One value of a summary.
  package struct Value: Sendable, Equatable {
    package var tag: String
    package var content: Content
    /// Markdown; TensorBoard shows it beside the chart.
    package var about: String

    package init(_ tag: String, _ content: Content, about: String = "") {
      (self.tag, self.content, self.about) = (tag, content, about)
    }
  }

  package enum Content: Sendable, Equatable {
    case scalar(Double)
    case histogram([TrackedHistogram.Bin])
    /// Encoded as PNG, with their extents.
    case images(width: Int, height: Int, [[UInt8]])
    case text([String])
    case hyperparameters(HyperparameterRecord)
    /// What is of a kind that nothing here reads, with the name of TensorBoard's plugin.
    case other(plugin: String)
  }

  package init(wallTime: Double, step: Int, values: [Value] = [], fileVersion: String? = nil) {
    (self.wallTime, self.step, self.values) = (wallTime, step, values)
    self.fileVersion = fileVersion
  }

  /// The version that TensorBoard writes and reads.
  package static let version = "brain.Event:2"
}

/// A record of the plugin that shows hyperparameters in a table.
package enum HyperparameterRecord: Sendable, Equatable {
  /// The columns of the table, in the root of all runs.
  case experiment(hyperparameters: [Column], metrics: [String])
  /// A run begins with such values.
  case start(values: [String: HyperparameterValue], group: String, startedAt: Double?)
  case end(HyperparameterStatus, endedAt: Double?)

  package struct Column: Sendable, Equatable {
    package var name: String
    package var values: [HyperparameterValue]

    package init(name: String, values: [HyperparameterValue]) {
      (self.name, self.values) = (name, values)
    }
  }

  /// The tag that the record has to have.
  package var tag: String {
    switch self {
    case .experiment: "_hparams_/experiment"
    case .start: "_hparams_/session_start_info"
    case .end: "_hparams_/session_end_info"
    }
  }
}

package enum HyperparameterValue: Sendable, Hashable {
  case number(Double)
  case text(String)
  case bool(Bool)

  /// What a text means: a number, a truth value, or itself.
  package init(_ text: String) {
    switch text {
    case "true", "True": self = .bool(true)
    case "false", "False": self = .bool(false)
    default: self = Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .text(text)
    }
  }
}

package enum HyperparameterStatus: Int, Sendable {
  case unknown = 0
  case success = 1
  case failure = 2
  case running = 3
}
