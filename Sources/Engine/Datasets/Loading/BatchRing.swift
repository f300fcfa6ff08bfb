package import Groundwork

/// A few batches of preallocated memory between the threads that fill them, sample by sample, and
/// the one that uses them.
package final class BatchRing: @unchecked Sendable {
  /// The shape of a batch of images.
  package let shape: Shape
  /// Labels of each image: P · H · W.
  private let labelsPerImage: Int
  /// Batches in memory: the one that is used, and those prepared ahead of it.
  package let slots: Int
  private let images: HostBuffer
  private let labels: HostBuffer
  /// `nil` where no image can be a mixed sample.
  private let mixedLabels: MixedLabelsBuffer?
  /// Numbered by sample; the value is what went wrong with it.
  private let work: OrderedWork<DataError?>

  // Only the thread that uses the batches touches these.
  private var taken = 0
  private var failure: DataError?

  /// - Parameters:
  ///   - planes: how many planes of labels there are, one label of each for every pixel.
  ///   - mixes: whether images may be mixed.
  package init(shape: Shape, planes: Int = 1, mixes: Bool = false) {
    self.shape = shape
    labelsPerImage = planes * shape.area
    slots = Self.slots(batchBytes: Self.batchBytes(shape, planes: planes, mixes: mixes))
    images = HostBuffer(floats: slots * shape.count)
    labels = HostBuffer(
      bytes: slots * shape.batch * labelsPerImage * MemoryLayout<Label>.stride)
    mixedLabels =
      mixes ? MixedLabelsBuffer(images: slots * shape.batch, labelsPerImage: labelsPerImage) : nil
    work = OrderedWork(width: slots * shape.batch)
  }

  /// True where images may be mixed.
  package var mixes: Bool { mixedLabels != nil }

  /// Four, fewer where they would take more than 256 MiB, at least two.
  package static func slots(batchBytes: Int) -> Int { max(2, min(4, (256 << 20) / batchBytes)) }

  /// The memory that the batches of a ring take, in bytes.
  package static func bytes(shape: Shape, planes: Int = 1, mixes: Bool = false) -> Int {
    let batchBytes = batchBytes(shape, planes: planes, mixes: mixes)
    return slots(batchBytes: batchBytes) * batchBytes
  }

  private static func batchBytes(_ shape: Shape, planes: Int, mixes: Bool) -> Int {
    let labels = planes * shape.area
    return shape.count * MemoryLayout<Float>.stride
      + shape.batch * labels * MemoryLayout<Label>.stride
      + (mixes ? shape.batch * MixedLabelsBuffer.bytes(labelsPerImage: labels) : 0)
  }

  /// Fills samples until the ring is closed.
  ///
  /// - Parameter fill: puts the sample at `position` of the batch `number`, from 0 on, into the
  ///   memory.
  package func work(
    _ fill: (_ number: Int, _ position: Int, SampleMemory) throws(DataError) -> Void
  ) {
    while let claimed = work.claim() {
      let (number, position) = claimed.quotientAndRemainder(dividingBy: shape.batch)
      do throws(DataError) {
        try fill(number, position, memory(slot: number % slots, position: position))
        work.finish(claimed, nil)
      } catch {
        work.finish(claimed, error)
      }
    }
  }

  /// Gives the last batch back and waits for the next.
  ///
  /// - Throws: what filling its first sample that failed threw, and again on every later call.
  func take() throws(DataError) -> SampleMemory {
    if let failure { throw failure }
    work.giveBack(below: taken * shape.batch)
    for position in 0..<shape.batch {
      guard let error = work.take(taken * shape.batch + position) else { continue }
      failure = error
      work.close()
      throw error
    }
    taken += 1
    return memory(slot: (taken - 1) % slots, position: 0)
  }

  /// Nobody fills it: every call of ``take()`` throws the error.
  func fail(_ error: DataError) { failure = error }

  /// The filling threads end as soon as each has filled the sample it is at.
  package func close() { work.close() }

  private func memory(slot: Int, position: Int) -> SampleMemory {
    let sample = slot * shape.batch + position
    return SampleMemory(
      image: images.floats + sample * shape.channels * shape.area,
      labels: labels.start.assumingMemoryBound(to: Label.self) + sample * labelsPerImage,
      mixedLabels: mixedLabels?[sample])
  }
}

/// Where a sample of a batch goes; the batch's next sample lies behind it.
package struct SampleMemory {
  /// `[C, H, W]`.
  package let image: UnsafeMutablePointer<Float>
  /// `[P, H, W]`.
  package let labels: UnsafeMutablePointer<Label>
  /// `nil` where the sample can be no mixed sample.
  package let mixedLabels: MixedLabels?
}
