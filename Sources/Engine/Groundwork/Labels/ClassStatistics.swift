/// How often each class occurs in the labels of a training set, ignored pixels left out.
package struct ClassStatistics: Sendable, Hashable {
  /// n_c: the number of pixels of class c.
  package var pixels: [UInt64]
  /// A_c: the number of labelled pixels in the images that contain class c.
  package var pixelsOfImagesWithClass: [UInt64]
  /// The names of the classes, in the order of their ids; empty where they are not known.
  package var names: [String]

  package init(pixels: [UInt64], pixelsOfImagesWithClass: [UInt64], names: [String] = []) {
    self.pixels = pixels
    self.pixelsOfImagesWithClass = pixelsOfImagesWithClass
    self.names = names
  }
}
