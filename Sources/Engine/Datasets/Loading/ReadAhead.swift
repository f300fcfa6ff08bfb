package import Groundwork

/// Reads images on threads of its own, a few ahead of whoever takes them in their order.
package final class ReadAhead {
  private let work: OrderedWork<Result<ImageReader.Image, DataError>>
  private let team: LoaderThreads

  /// - Throws: where not a single thread can be started.
  package init(
    _ samples: [ListedSample], _ reader: ImageReader, threads: Int = 2
  ) throws(SystemThreadError) {
    let work = OrderedWork<Result<ImageReader.Image, DataError>>(
      count: samples.count, width: 2 * threads)
    self.work = work
    team = try LoaderThreads(max(1, min(threads, samples.count))) {
      var buffers = SampleBuffers()
      while let number = work.claim() {
        do throws(DataError) {
          work.finish(number, .success(try reader.read(samples[number], &buffers)))
        } catch {
          work.finish(number, .failure(error))
        }
      }
    }
  }

  deinit { close() }

  /// The image of that number, or what is wrong with its files.
  ///
  /// - Precondition: all before it were taken.
  package func take(_ number: Int) -> Result<ImageReader.Image, DataError> {
    defer { work.giveBack(below: number + 1) }
    return work.take(number)
  }

  /// Nothing more is wanted.
  package func close() {
    work.close()
    team.join()
  }
}
