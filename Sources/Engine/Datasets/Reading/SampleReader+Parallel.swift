internal import Groundwork

extension SampleReader {
  /// Looks at every sample, on several threads, each with buffers of its own.
  ///
  /// - Parameters:
  ///   - look: called with a sample and its place among the samples.
  ///   - receive: called on this thread with each place and what `look` returned or threw, in
  ///     order, whatever the number of threads.
  static func forEach<Value: Sendable, Samples: RandomAccessCollection<ListedSample> & Sendable>(
    _ samples: Samples, threads: Int = LoaderThreads.cores,
    _ look:
      @escaping @Sendable (ListedSample, Int, inout SampleBuffers) throws(DataError) -> Value,
    receive: (Int, Result<Value, DataError>) -> Void
  ) where Samples.Index == Int {
    let work = OrderedWork<Result<Value, DataError>>(count: samples.count, width: 4 * threads)
    let team: LoaderThreads
    do throws(SystemThreadError) {
      team = try LoaderThreads(min(threads, samples.count)) {
        var buffers = SampleBuffers()
        while let index = work.claim() {
          do throws(DataError) {
            work.finish(index, .success(try look(samples[index], index, &buffers)))
          } catch {
            work.finish(index, .failure(error))
          }
        }
      }
    } catch {
      if !samples.isEmpty { receive(0, .failure(DataError(error))) }
      return
    }
    for index in samples.indices {
      receive(index, work.take(index))
      work.giveBack(below: index + 1)
    }
    team.join()
  }
}
