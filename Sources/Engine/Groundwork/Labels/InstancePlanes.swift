/// What the planes of objects hold, in truth and prediction: `[3, H, W]`.
package enum InstancePlanes {
  /// The class of the pixel; in a prediction 0 where it is of no object.
  package static let classes = 0
  /// The id of the object that the pixel is of, 0 where it is of none. Ids tell objects of one image apart
  /// and mean nothing else.
  package static let ids = 1
  /// In a truth what a network is trained to say of the pixel, as the task derives it.
  package static let targets = 2
  /// In a prediction how sure the object is, the same in all its pixels: see ``label(ofScore:)``.
  package static let scores = 2
  package static let count = 3

  /// Larger ids stand for other things in masks.
  package static let largestID = 65_533
  /// A score of 1.
  private static let certain = Double(largestID)

  /// A score in 0…1 in steps of 1/65533.
  package static func label(ofScore score: Double) -> Label {
    Label((max(0, min(1, score)) * certain).rounded())
  }

  package static func score(of label: Label) -> Double { Double(label) / certain }
}
