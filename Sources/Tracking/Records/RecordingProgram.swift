/// The program that makes records. What it writes says so, so that an older one can name what it would take to
/// read it.
package enum RecordingProgram {
  package static let version = "0.1.0"
}
