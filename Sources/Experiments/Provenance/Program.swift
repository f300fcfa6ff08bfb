/// What every record says of the program that made it.
enum Program {
  static let version = "0.1.0"
}
