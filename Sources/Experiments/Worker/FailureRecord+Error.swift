internal import Datasets
internal import Groundwork
internal import Tracking
internal import Training

extension FailureRecord {
  /// Of an attempt that ended with an error; `nil` for one that is of no kind.
  init?(_ error: any Error) {
    switch error {
    case let error as TrainingError where error.isDivergence: self.init(.diverged)
    case let error as RankFailure where error.isOfTheData: self.init(.dataError)
    case is DataError, is ImageError, is DataChanged: self.init(.dataError)
    default: return nil
    }
  }
}
