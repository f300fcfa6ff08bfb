/// Facts about label maps.
package enum Labels {
  /// Inside the program every ignored pixel has this label, whatever the data set's ids are.
  package static let ignored: UInt8 = 255
  /// More classes than this cannot be told from `ignored`.
  package static let maximumClasses = 255
}
