internal import Foundation

/// The samples of one list as they come in, line by line.
struct SampleCollection {
  /// The folder of the masks of what counts, called like the images but `.png`, for samples that do not
  /// name their own; `nil` for none.
  let regions: String?
  private(set) var samples: [ListedSample] = []
  /// The samples whose region follows from the image's name, by the path of the region.
  private var byRegion: [FilePath: ListedSample] = [:]

  init(regions: String?) { self.regions = regions }

  /// Numbers the samples of a line and gives them their regions.
  ///
  /// - Returns: what is wrong where two images are called alike.
  mutating func add(_ line: [ListedSample]) -> [DataProblem] {
    var problems: [DataProblem] = []
    for var sample in line {
      sample.number = samples.count
      sample.imageNumber = samples.count
      if sample.region == nil, let regions {
        let roi = FilePath(regions + "/" + sample.stem + ".png")
        if let other = byRegion.updateValue(sample, forKey: roi),
          other.images[0] != sample.images[0]
        {
          problems.append(sample.sharing(roi, with: other))
        }
        sample.region = ListedFile(name: roi.text, path: roi, slice: nil)
      }
      samples.append(sample)
    }
    return problems
  }

  /// All of them, with the images before and behind as further images of each where the stack has such.
  func finished(_ stack: ImageStack) -> [ListedSample] {
    stack.slices.count > 1 ? samples.withNeighbours(stack) : samples
  }
}

extension [ListedSample] {
  /// With the images before and behind as further images of each.
  func withNeighbours(_ stack: ImageStack) -> [ListedSample] {
    // Samples one after the other whose images lie together.
    var volume = 0..<0
    return indices.map { place in
      if !volume.contains(place) {
        let folder = self[place].images[0].folder
        let end = self[place...].firstIndex { $0.images[0].folder != folder } ?? endIndex
        volume = place..<end
      }
      var sample = self[place]
      sample.stackedImages = stack.stackedImages.map { stacked in
        let file = sample.images[stacked.image]
        guard stacked.offset != 0 else { return file }
        let other = Swift.min(
          Swift.max(place + stacked.offset, volume.lowerBound), volume.upperBound - 1)
        return file.neighbour(stacked.offset) ?? self[other].images[stacked.image]
      }
      return sample
    }
  }
}

extension ListedSample {
  /// What is wrong where two images are called alike.
  fileprivate func sharing(_ roi: FilePath, with other: ListedSample) -> DataProblem {
    problem(
      "images \(imageName) and \(other.place(from: self)) would share the region \(roi): "
        + (line > 0
          ? "name one on their lines, roi=PATH" : "write \(FilePairs.regionKey) beside images"))
  }
}
