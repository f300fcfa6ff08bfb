internal import CKernels
internal import Groundwork
internal import Learning

/// Cuts the foreground of an image into objects.
///
/// Pixels whose probability of the background is below 1 − `foreground` are of some object. Those whose
/// interior is above `seed` are seeds, an object for each 8-connected set of them; the rest is flooded from
/// there, the surest interior first. What no seed reaches is an object by itself.
struct WatershedDecoder {
  let target: InstanceTarget
  /// Thresholds of probabilities.
  let foreground: Float
  let seed: Float
  /// Smaller objects become background.
  let minimumArea: Int

  /// - Parameters:
  ///   - probabilities: `[C, H, W]` of the labels of the target.
  ///   - planes: `[3, H, W]`, as ``InstancePlanes`` has them, written whole.
  func decode(
    _ probabilities: UnsafePointer<Float>, channels: Int, _ size: Size,
    into planes: UnsafeMutablePointer<Label>
  ) {
    let area = size.area
    let interiors = interiors(probabilities, channels: channels, area: area)
    let isFlooded = (0..<area).map { 1 - probabilities[$0] > foreground }
    let seeds = Self.objects((0..<area).map { isFlooded[$0] && interiors[$0] > seed }, size)
    var basins = Watershed.flood(
      interiors.map { -$0 }, from: seeds.map, within: isFlooded, size)
    let others = Self.objects((0..<area).map { isFlooded[$0] && basins[$0] == 0 }, size)
    for pixel in 0..<area where others.map[pixel] > 0 {
      basins[pixel] = Int32(seeds.count) + others.map[pixel]
    }
    write(
      basins, count: seeds.count + others.count, probabilities, channels: channels, area: area,
      to: planes)
  }

  /// `[H, W]`: how surely each pixel is inside of an object, 0…1.
  private func interiors(
    _ probabilities: UnsafePointer<Float>, channels: Int, area: Int
  ) -> [Float] {
    var interiors = [Float](repeating: 0, count: area)
    for (channel, weight) in target.interiorWeights(channels: channels) {
      let plane = probabilities + channel * area
      for pixel in 0..<area { interiors[pixel] += weight * plane[pixel] }
    }
    return interiors
  }

  /// The 8-connected sets of pixels, numbered from 1 in the order of their first pixels.
  private static func objects(_ isSet: [Bool], _ size: Size) -> (map: [Int32], count: Int) {
    let labels = isSet.map { Label($0 ? 1 : 0) }
    var map = [Int32](repeating: 0, count: size.area)
    var parents = map
    let count = ck_objects(labels, Int32(size.height), Int32(size.width), 1, &map, &parents)
    return (map, Int(count))
  }

  /// Objects get ids from 1 in the order of their first pixels, the class that is most probable in all of
  /// them, and the mean probability of the foreground as their score.
  private func write(
    _ basins: [Int32], count: Int, _ probabilities: UnsafePointer<Float>, channels: Int,
    area: Int, to planes: UnsafeMutablePointer<Label>
  ) {
    let classes = target.classChannels(channels: channels)
    var pixels = [Int](repeating: 0, count: count + 1)
    var foregrounds = [Double](repeating: 0, count: count + 1)
    var sums = [Double](repeating: 0, count: (count + 1) * classes.count)
    for pixel in 0..<area where basins[pixel] > 0 {
      let object = Int(basins[pixel])
      pixels[object] += 1
      foregrounds[object] += Double(1 - probabilities[pixel])
      for (place, channel) in classes.enumerated() {
        sums[object * classes.count + place] += Double(probabilities[channel * area + pixel])
      }
    }
    var ids = [Label](repeating: 0, count: count + 1)
    var last = 0
    for pixel in 0..<area {
      let object = Int(basins[pixel])
      let isKept = object > 0 && pixels[object] >= minimumArea
      if isKept, ids[object] == 0, last < InstancePlanes.largestID {
        last += 1
        ids[object] = Label(last)
      }
      let id = isKept ? ids[object] : 0
      var (classID, score): (Label, Label) = (0, 0)
      if id > 0 {
        let own = sums[object * classes.count..<(object + 1) * classes.count]
        let surest = own.indices.max { own[$0] < own[$1] } ?? own.startIndex
        classID = Label(surest - own.startIndex + 1)
        score = InstancePlanes.label(ofScore: foregrounds[object] / Double(pixels[object]))
      }
      planes[InstancePlanes.classes * area + pixel] = classID
      planes[InstancePlanes.ids * area + pixel] = id
      planes[InstancePlanes.scores * area + pixel] = score
    }
  }
}

extension InstanceTarget {
  /// What the probabilities of channels say of the interior.
  fileprivate func interiorWeights(channels: Int) -> [(channel: Int, weight: Float)] {
    switch self {
    case .boundary: (1..<channels - 1).map { ($0, 1) }
    case .distance(let levels): (1...levels).map { ($0, Float($0) / Float(levels)) }
    }
  }

  /// The channels of the classes from 1 on; one, where the target does not tell them.
  fileprivate func classChannels(channels: Int) -> Range<Int> {
    switch self {
    case .boundary: 1..<channels - 1
    case .distance: 1..<2
    }
  }
}
