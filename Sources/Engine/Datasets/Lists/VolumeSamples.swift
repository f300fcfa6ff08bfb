/// Patches of volumes.
///
/// A volume is nothing that a list names: it is the slices of one dataset, or the images of one folder, that
/// follow each other in the list. A patch of it is as many patches of its slices.
extension ListedSample {
  /// The patches of slices that it is made of; itself where it is of one image.
  package var parts: [ListedSample] {
    guard !slices.isEmpty else { return [self] }
    return slices.map { slice in
      var part = slice
      part.patch = patch
      return part
    }
  }

  /// Whether it shows the slice behind that which another shows.
  fileprivate func follows(_ other: ListedSample) -> Bool {
    let (image, before) = (images[0], other.images[0])
    guard list == other.list, set == other.set, image.folder == before.folder else { return false }
    guard let slice = image.slice, let sliceBefore = before.slice else {
      return image.slice == nil && before.slice == nil
    }
    guard let index = slice.index, let indexBefore = sliceBefore.index else { return false }
    return slice.dataset == sliceBefore.dataset && index == indexBefore + 1
  }
}

extension RandomAccessCollection where Element == ListedSample, Index == Int {
  /// The volumes that they are slices of, as ranges of their places.
  package var volumes: [Range<Int>] {
    var volumes: [Range<Int>] = []
    for place in indices {
      if let last = volumes.last, last.upperBound == place, self[place].follows(self[place - 1]) {
        volumes[volumes.count - 1] = last.lowerBound..<place + 1
      } else {
        volumes.append(place..<place + 1)
      }
    }
    return volumes
  }
}
