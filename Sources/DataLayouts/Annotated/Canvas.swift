package import Groundwork

/// A mask that is drawn: a class and the number of an object for each pixel. What is painted later lies on
/// top.
package struct Canvas: Sendable {
  package let size: Size
  /// `[H, W]`; 0 where nothing was painted.
  package private(set) var classes: [UInt16]
  /// `[H, W]`: from 1; 0 where no object was painted.
  package private(set) var instances: [UInt16]
  /// Objects of which later ones took pixels.
  package private(set) var covered: Set<UInt16> = []
  /// The boxes that it is painted of; `nil` where it is painted of the pixels of objects.
  var boxes: [LabelBox]?
  /// The pixels of the object that is painted next.
  var region: Region

  package init(size: Size) {
    self.size = size
    classes = Array(repeating: 0, count: size.area)
    instances = classes
    region = Region(size: size)
  }

  /// What nobody painted is of this class.
  mutating func fillBackground(_ label: UInt16) {
    classes = Array(repeating: label, count: size.area)
  }

  /// Paints the pixels of the region, and empties it.
  mutating func paint(_ label: UInt16, instance: UInt16) {
    var last: UInt16 = 0
    classes.withUnsafeMutableBufferPointer { classes in
      instances.withUnsafeMutableBufferPointer { instances in
        region.forEachPixel { place in
          classes[place] = label
          let under = instances[place]
          if under != 0, under != instance, under != last {
            covered.insert(under)
            last = under
          }
          instances[place] = instance
        }
      }
    }
    region.removeAll()
  }

  /// The largest number of an object that fits.
  static let maximumInstances = 65_533
}
