internal import Tracking

/// What every record says of the program that made it.
enum Program {
  static let version = RecordingProgram.version
}
