package import Datasets
internal import Execution
package import Groundwork
internal import Learning
internal import Networks

/// Labels every point of a cloud with a trained network: block by block, each point in one sample of every block
/// that it lies in. Where blocks overlap the mean of the probabilities decides.
///
/// Letters: N points of a cloud, K classes, B samples of a batch, S points of a sample.
package final class PointsPredictor {
  private let predictor: any BatchPredictor
  private let normalizer: Normalizer
  private let settings: PointSettings
  private let images: HostBuffer
  private var raster = Raster()

  /// - Parameter settings: how the training made samples of points.
  /// - Throws: ``TrainingError`` where a network cannot see samples of that size, or a tensor is missing.
  package init(_ networks: TrainedNetworks, _ settings: PointSettings) throws {
    predictor = try networks.predictor(of: networks.first.input.extent)
    normalizer = networks.first.input.normalizer
    self.settings = settings
    images = HostBuffer(bytes: predictor.input.bytes)
  }

  /// A sample that waits for the batch to fill.
  private struct Waiting {
    let members: [UInt32]
    /// How many of them, from the first on, are not there to fill the sample alone.
    let counted: Int
  }

  /// - Returns: `[N]`.
  /// - Throws: ``ImageError`` where the points cannot be cut into blocks.
  package func predict(_ cloud: PointCloud) throws(ImageError) -> [Label] {
    let layout = predictor.logitsLayout
    let (batch, classes) = (layout.shape.batch, layout.shape.channels)
    var sums = [Float](repeating: 0, count: classes * cloud.count)
    var waiting: [Waiting] = []
    func flush() {
      guard !waiting.isEmpty else { return }
      let values = predictor.input.shape.count / batch
      (images.floats + waiting.count * values)
        .update(repeating: 0, count: (batch - waiting.count) * values)
      let logits = predictor.predict(images.floats).logits
      for (position, sample) in waiting.enumerated() {
        add(logits, position, sample, count: cloud.count, to: &sums)
      }
      waiting.removeAll(keepingCapacity: true)
    }
    let draw = PointDraw(settings)
    for (number, block) in try cloud.blocks(settings, least: 1).enumerated() {
      var left = block.members.count
      for members in draw.everyMember(of: block, number: number) {
        draw.write(members, of: block, cloud, into: &raster)
        let values = predictor.input.shape.count / batch
        normalizer.apply(to: raster, into: images.floats + waiting.count * values)
        waiting.append(Waiting(members: members, counted: min(left, members.count)))
        left -= members.count
        if waiting.count == batch { flush() }
      }
    }
    flush()
    return (0..<cloud.count).map { point in
      var best = 0
      for id in 1..<max(1, classes)
      where sums[id * cloud.count + point] > sums[best * cloud.count + point] {
        best = id
      }
      return Label(best)
    }
  }

  /// Adds the probabilities of a sample's points.
  private func add(
    _ logits: UnsafePointer<Float>, _ position: Int, _ sample: Waiting, count: Int,
    to sums: inout [Float]
  ) {
    let layout = predictor.logitsLayout
    let classes = layout.shape.channels
    var values = [Double](repeating: 0, count: classes)
    for place in 0..<sample.counted {
      for id in 0..<classes {
        values[id] = Double(logits[layout.index(position, channel: id, place: place)])
      }
      let greatest = values.max() ?? 0
      for id in 0..<classes { values[id] = PortableMath.exponential(values[id] - greatest) }
      let total = values.reduce(0, +)
      let point = Int(sample.members[place])
      for id in 0..<classes { sums[id * count + point] += Float(values[id] / total) }
    }
  }
}
