/// What a look at a volume found.
enum VolumeFinding: Sendable, Hashable {
  /// It can be read as long as the file is this one.
  case sound(FileStamp)
  /// What is wrong with the file.
  case unreadable(String)

  func worse(than other: VolumeFinding?) -> VolumeFinding {
    if case .unreadable = other { return other ?? self }
    return self
  }
}
